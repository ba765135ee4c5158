/* SPDX-License-Identifier: MIT */
#include "json_text.h"

void json_text_member(FILE *stream, const char *key, const char *value)
{
    (void)fprintf(stream, "\"%s\": ", key);
    if (value == NULL) {
        (void)fputs("null", stream);
        return;
    }
    (void)fputc('"', stream);
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0';
         c++) {
        if (*c == '"' || *c == '\\') {
            (void)fprintf(stream, "\\%c", *c);
        } else if (*c < 0x20 || *c == 0x7F) {
            (void)fprintf(stream, "\\u%04x", *c);
        } else {
            (void)fputc(*c, stream);
        }
    }
    (void)fputc('"', stream);
}
