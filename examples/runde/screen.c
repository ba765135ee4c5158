/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Code points that move the cursor, reorder the line or cannot be seen, so
 * that two ids could look alike. Ranges are inclusive. */
static const uint32_t hidden[][2] = {
    {0x0000, 0x001F},   /* C0 */
    {0x007F, 0x009F},   /* DEL, C1 */
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x200B, 0x200F},   /* zero width, left and right marks */
    {0x2028, 0x202E},   /* line separators, bidi embeddings */
    {0x2060, 0x206F},   /* word joiner, bidi isolates */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFF9, 0xFFFB},   /* annotations */
    {0xE0000, 0xE007F}, /* tags */
};

static bool is_hidden(uint32_t point)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        if (point >= hidden[i][0] && point <= hidden[i][1]) {
            return true;
        }
    }
    return false;
}

/* Length of the UTF-8 character at `s`, its code point in `point`; 0 when
 * there is none (overlong, surrogate, cut off, stray byte). */
static int decode(const unsigned char *s, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (s[0] < 0x80) {
        *point = s[0];
        return 1;
    }
    const int n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC0 ? 2 : 0;
    if (n == 0 || s[0] > 0xF4) {
        return 0;
    }
    uint32_t value = s[0] & (0xFFu >> (n + 1));
    for (int i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (s[i] & 0x3Fu);
    }
    if (value < least[n] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *point = value;
    return n;
}

/* One pass for printing and for measuring: `stream` may be NULL. Stops in
 * front of what would take more than `most` columns. */
static int walk(FILE *stream, const char *text, int most)
{
    int columns = 0;
    const unsigned char *s = (const unsigned char *)text;
    while (*s != '\0') {
        uint32_t point = 0;
        const int n = decode(s, &point);
        const bool shown = n > 0 && !is_hidden(point);
        const int bytes = n > 0 ? n : 1;
        const int wide = shown ? 1 : 4 * bytes;
        if (wide > most - columns) {
            break;
        }
        if (stream != NULL && shown) {
            (void)fwrite(s, 1, (size_t)bytes, stream);
        }
        for (int i = 0; stream != NULL && !shown && i < bytes; i++) {
            (void)fprintf(stream, "\\x%02X", s[i]);
        }
        columns += wide;
        s += bytes;
    }
    return columns;
}

int screen_put(FILE *stream, const char *text)
{
    return walk(stream, text, INT_MAX);
}

int screen_width(const char *text)
{
    return walk(NULL, text, INT_MAX);
}

int screen_fit(FILE *stream, const char *text, int width)
{
    if (screen_width(text) <= width) {
        return walk(stream, text, width);
    }
    const int used = walk(stream, text, width - 1);
    (void)fputs("\xE2\x80\xA6", stream); /* an ellipsis */
    return used + 1;
}

void screen_pad(FILE *stream, const char *text, int width)
{
    const int used = screen_fit(stream, text, width);
    (void)fprintf(stream, "%*s", width - used, "");
}

bool screen_is_lively(FILE *stream)
{
    const char *terminal = getenv("TERM");
    return isatty(fileno(stream)) == 1 && terminal != NULL &&
           terminal[0] != '\0' && strcmp(terminal, "dumb") != 0;
}

void screen_put_coloured(FILE *stream, screen_colour colour, const char *word)
{
    static const int code[] = {
        [SCREEN_RED] = 31, [SCREEN_YELLOW] = 33, [SCREEN_GREEN] = 32};
    const char *plain = getenv("NO_COLOR");
    if ((plain != NULL && plain[0] != '\0') || !screen_is_lively(stream)) {
        (void)fputs(word, stream);
        return;
    }
    (void)fprintf(stream, "\x1B[%dm%s\x1B[0m", code[colour], word);
}
