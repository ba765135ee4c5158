/* SPDX-License-Identifier: MIT */
#include "kept_findings.h"

#include "json_text.h"

#include <stdio.h>
#include <stdlib.h>

/* One list for the process, as there is one standard error. */
static struct {
    FILE *stream; /* into `text`; NULL: findings are said */
    char *text;   /* objects with commas between them */
    size_t length;
    bool with_modes;
    const char *mode;
    int n;
    int32_t errors;
    int32_t warnings;
} kept;

static cli_code out_of_memory(void)
{
    cli_complain("out of memory");
    return CLI_INTERNAL;
}

cli_code kept_findings_begin(bool with_modes)
{
    kept_findings_end();
    kept.with_modes = with_modes;
    kept.stream = open_memstream(&kept.text, &kept.length);
    return kept.stream != NULL ? CLI_DONE : out_of_memory();
}

void kept_findings_about(const char *mode)
{
    kept.mode = mode;
}

bool kept_findings_take(const runde_finding *finding)
{
    FILE *const to = kept.stream;
    const bool is_error = finding->severity == RUNDE_ERROR;
    if (to == NULL) {
        return false;
    }
    (void)fputs(kept.n == 0 ? "\n    {" : ",\n    {", to);
    if (kept.with_modes) {
        json_text_member(to, "mode", kept.mode);
        (void)fputs(", ", to);
    }
    json_text_member(to, "severity", is_error ? "error" : "warning");
    (void)fputs(", ", to);
    json_text_member(to, "code", finding->code);
    (void)fputs(", ", to);
    json_text_member(to, "pointer", finding->pointer);
    (void)fputs(", ", to);
    json_text_member(to, "message", finding->message);
    (void)fputc('}', to);
    kept.n++;
    kept.errors += is_error ? 1 : 0;
    kept.warnings += is_error ? 0 : 1;
    return true;
}

void kept_findings_count(const runde_diag *diag)
{
    kept.errors = diag->errors;
    kept.warnings = diag->warnings;
}

bool kept_findings_matter(cli_code code)
{
    return kept.stream != NULL && (code == CLI_DONE || kept.n > 0);
}

cli_code kept_findings_print(void)
{
    if (fflush(kept.stream) != 0 || ferror(kept.stream) != 0) {
        return out_of_memory();
    }
    (void)printf("  \"findings\": [%s%s],\n"
                 "  \"errors\": %d,\n  \"warnings\": %d\n}\n",
                 kept.text, kept.n > 0 ? "\n  " : "", (int)kept.errors,
                 (int)kept.warnings);
    return CLI_DONE;
}

cli_code kept_findings_document(void)
{
    (void)fputs("{\n  \"format\": \"runde-findings\",\n  \"version\": 1,\n",
                stdout);
    return kept_findings_print();
}

void kept_findings_end(void)
{
    if (kept.stream != NULL) {
        (void)fclose(kept.stream);
    }
    free(kept.text);
    kept.stream = NULL;
    kept.text = NULL;
    kept.length = 0;
    kept.mode = NULL;
    kept.n = 0;
    kept.errors = 0;
    kept.warnings = 0;
}
