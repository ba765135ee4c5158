/* SPDX-License-Identifier: MIT */
/** @file report_page.h
 *  The page around the data. lib/io/report/embed.py makes it of page.html,
 *  the styles and the scripts when the library is built. */
#ifndef RN_IO_REPORT_PAGE_H
#define RN_IO_REPORT_PAGE_H

#include <stddef.h>

/** What follows a piece of the page. */
typedef enum rn_page_slot {
    RN_PAGE_END = 0,
    RN_PAGE_LANGUAGE,
    RN_PAGE_TITLE,
    RN_PAGE_DATA
} rn_page_slot;

typedef struct rn_page_piece {
    const unsigned char *bytes;
    size_t length;
    rn_page_slot slot;
} rn_page_piece;

/** The pieces in order; the last one's slot is RN_PAGE_END. */
extern const rn_page_piece rn_report_page[];

#endif
