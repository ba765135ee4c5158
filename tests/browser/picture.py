# SPDX-License-Identifier: MIT
"""What is in a PNG of eight bits a channel, with Python's own means."""
import collections
import struct
import zlib


def rgb(text):
    """"#0072b2" as three numbers."""
    return tuple(bytes.fromhex(text.lstrip("#")))


def chunks(png):
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        yield kind, png[at + 8:at + 8 + length]
        at += length + 12


def paeth(left, up, corner):
    guess = left + up - corner
    away = abs(guess - left), abs(guess - up), abs(guess - corner)
    return (left, up, corner)[away.index(min(away))]


def restore(kind, line, before, step):
    """Undoes the filter of one line, in place."""
    if kind == 2:
        line[:] = bytes((a + b) & 255 for a, b in zip(line, before))
        return
    for i in range(len(line) if kind else 0):
        left = line[i - step] if i >= step else 0
        corner = before[i - step] if i >= step else 0
        line[i] = (line[i] + (left if kind == 1
                              else (left + before[i]) // 2 if kind == 3
                              else paeth(left, before[i], corner))) & 255


def lines(png):
    """(bytes of a pixel, the lines of the picture)"""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("no PNG")
    parts = list(chunks(png))
    width, height, bits, kind, _, _, interlaced = struct.unpack(
        ">IIBBBBB", parts[0][1])
    if bits != 8 or kind not in (2, 6) or interlaced:
        raise ValueError("a PNG of another kind")
    step = 3 if kind == 2 else 4
    raw = zlib.decompress(b"".join(data for name, data in parts
                                   if name == b"IDAT"))
    before, found = bytearray(step * width), []
    for y in range(height):
        at = y * (step * width + 1)
        line = bytearray(raw[at + 1:at + 1 + step * width])
        restore(raw[at], line, before, step)
        found.append(line)
        before = line
    return step, found


def colours(png):
    """How many pixels have which colour."""
    step, found = lines(png)
    count = collections.Counter()
    for line in found:
        count.update(zip(line[0::step], line[1::step], line[2::step]))
    return count
