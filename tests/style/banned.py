#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Calls that the library must not make (lib/ only)."""
import re

import tree

BANNED = {
    "no bound on what is written":
        "strcpy strcat sprintf vsprintf gets stpcpy alloca",
    "no error, or undefined on overflow": "atoi atol atoll atof",
    "depends on the locale": "setlocale strtod strtof strtold localeconv",
    "hidden state": "strtok rand srand random srandom drand48 strerror "
                    "localtime gmtime mktime asctime ctime tzset",
    "depends on the hour": "time gettimeofday",
    "environment": "getenv secure_getenv setenv putenv unsetenv",
    "the library never prints":
        "printf vprintf fprintf vfprintf puts fputs putchar putc fputc "
        "perror dprintf",
    "the library never ends the program": "abort exit _exit _Exit quick_exit "
                                          "atexit raise kill",
    "the process belongs to the host": "signal sigaction system popen fork "
                                       "execve execvp",
}
WORDS = {word: why for why, words in BANNED.items() for word in words.split()}
CALL = re.compile(r"(?<![\w.>])(" + "|".join(map(re.escape, WORDS))
                  + r")\s*\(")
STREAM = re.compile(r"\b(stdout|stderr|stdin)\b")
HEAP = re.compile(r"(?<![\w.>])(malloc|calloc|realloc|free|strdup|strndup|"
                  r"posix_memalign|aligned_alloc)\s*\(")
# printf prints the locale's decimal sign for these.
FLOAT = re.compile(r"(?<!%)%[-+ #0]*[\d*]*(?:\.[\d*]*)?L?[aAeEfFgG]")
EXACT_ROOMS = ("lib/eval/", "lib/check/", "lib/plan/")


def main():
    findings = []
    names = tree.files(".c", ".h", under="lib/")
    for name in names:
        source = tree.code(name)

        def found(match, why):
            where = tree.line(source, match.start())
            findings.append(f"{name}:{where}: {match.group(1)}: {why}")

        for match in CALL.finditer(source):
            found(match, WORDS[match.group(1)])
        for match in STREAM.finditer(source):
            found(match, "the library never prints")
        if name != "lib/base/alloc.c":
            for match in HEAP.finditer(source):
                found(match, "allocate through base/alloc.h")
        for where, literal in tree.literals(name):
            if FLOAT.search(literal):
                findings.append(f"{name}:{where}: {literal}: "
                                "depends on the locale")
        if name.startswith(EXACT_ROOMS):
            for match in re.finditer(r"\b(double|float)\b", source):
                found(match, "integers only in this room")
    tree.verdict(findings, len(names))


if __name__ == "__main__":
    main()
