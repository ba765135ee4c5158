/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "base/clock.h"
#include "base/diag.h"

#include <math.h>
#include <string.h>

static void count_finding(const runde_finding *finding, void *payload)
{
    CU_ASSERT_EQUAL(finding->size, sizeof *finding);
    ++*(int *)payload;
}

static void test_first_error_wins(void)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    rn_diag_add(&diag, RUNDE_WARNING, "RUNDE-W1", "/a", "first %d", 1);
    CU_ASSERT_STRING_EQUAL(diag.message, "first 1");
    rn_diag_add(&diag, RUNDE_WARNING, "RUNDE-W2", "/b", "second");
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-W1");
    rn_diag_add(&diag, RUNDE_ERROR, "RUNDE-E1", rn_at("/v/%d", 3).text, "bad");
    rn_diag_add(&diag, RUNDE_ERROR, "RUNDE-E2", "/d", "worse");
    CU_ASSERT_STRING_EQUAL(diag.code, "RUNDE-E1");
    CU_ASSERT_STRING_EQUAL(diag.pointer, "/v/3");
    CU_ASSERT_STRING_EQUAL(diag.message, "bad");
    CU_ASSERT_EQUAL(diag.errors, 2);
    CU_ASSERT_EQUAL(diag.warnings, 2);
    rn_diag_start(&diag);
    CU_ASSERT_EQUAL(diag.errors + diag.warnings, 0);
    CU_ASSERT_STRING_EQUAL(diag.code, "");
}

static void test_forwards_a_hundred(void)
{
    int seen = 0;
    runde_diag diag = RUNDE_DIAG_INIT;
    diag.on_finding = count_finding;
    diag.payload = &seen;
    for (int i = 0; i < 150; i++) {
        rn_diag_add(&diag, RUNDE_ERROR, "RUNDE-E1", "/a", "number %d", i);
    }
    CU_ASSERT_EQUAL(seen, 100);
    CU_ASSERT_EQUAL(diag.errors, 150);
    rn_diag_add(NULL, RUNDE_ERROR, "RUNDE-E1", "/a", "nobody listens");
}

static void test_texts_are_cleaned_and_cut(void)
{
    char name[400];
    runde_diag diag = RUNDE_DIAG_INIT;
    rn_diag_add(&diag, RUNDE_ERROR, "RUNDE-E1", "/a\n", "x\ty\n");
    CU_ASSERT_STRING_EQUAL(diag.message, "x?y?");
    CU_ASSERT_STRING_EQUAL(diag.pointer, "/a?");
    /* Two-byte letters, at either parity, are not cut in half. */
    for (size_t shift = 0; shift < 2; shift++) {
        memset(name, 'a', sizeof name);
        for (size_t i = shift; i + 2 < sizeof name; i += 2) {
            memcpy(name + i, "\xc3\xb8", 2);
        }
        name[398 + shift % 2] = '\0';
        rn_diag_start(&diag);
        rn_diag_add(&diag, RUNDE_ERROR, "RUNDE-E1", name, "%s", name);
        const size_t length = strlen(diag.message);
        CU_ASSERT_TRUE(length >= 318 && length <= 319);
        CU_ASSERT_EQUAL((unsigned char)diag.message[length - 1], 0xb8);
        const size_t pointer = strlen(diag.pointer);
        CU_ASSERT_TRUE(pointer >= 158 && pointer <= 159);
        CU_ASSERT_EQUAL((unsigned char)diag.pointer[pointer - 1], 0xb8);
    }
}

static void test_usable(void)
{
    runde_diag diag = RUNDE_DIAG_INIT;
    CU_ASSERT_TRUE(rn_diag_is_usable(NULL));
    CU_ASSERT_TRUE(rn_diag_is_usable(&diag));
    diag.size = 8;
    CU_ASSERT_FALSE(rn_diag_is_usable(&diag));
}

static void test_decimals(void)
{
    CU_ASSERT_STRING_EQUAL(rn_decimal_of(60.1239, 3).text, "60.124");
    CU_ASSERT_STRING_EQUAL(rn_decimal_of(-0.05, 2).text, "-0.05");
    CU_ASSERT_STRING_EQUAL(rn_decimal_of(-0.001, 2).text, "0.00");
    CU_ASSERT_STRING_EQUAL(rn_decimal_of(12.5, 0).text, "13");
    CU_ASSERT_STRING_EQUAL(rn_decimal_of(1e300, 0).text, "more than 10^12");
    CU_ASSERT_STRING_EQUAL(rn_decimal_of(-1e300, 0).text, "less than -10^12");
    CU_ASSERT_STRING_EQUAL(rn_decimal_of((double)NAN, 0).text, "no number");
}

static void test_clock_goes_on(void)
{
    const double before = rn_clock_seconds();
    CU_ASSERT_TRUE(before > 0.0);
    CU_ASSERT_TRUE(rn_clock_seconds() >= before);
}

int main(void)
{
    RN_RUN("diag", RN_TEST(test_first_error_wins),
           RN_TEST(test_forwards_a_hundred),
           RN_TEST(test_texts_are_cleaned_and_cut), RN_TEST(test_usable),
           RN_TEST(test_decimals), RN_TEST(test_clock_goes_on));
}
