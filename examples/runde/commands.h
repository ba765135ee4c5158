/* SPDX-License-Identifier: MIT */
/** @file commands.h
 *  The sub-commands, one source file each. */
#ifndef RUNDE_COMMANDS_H
#define RUNDE_COMMANDS_H

#include "cli.h"

extern const cli_command solve_command;
extern const cli_command check_command;
extern const cli_command validate_command;
extern const cli_command diff_command;
extern const cli_command replan_command;
extern const cli_command explain_command;
extern const cli_command recommend_command;
extern const cli_command actuals_command;
extern const cli_command tradeoff_command;
extern const cli_command kpi_command;
extern const cli_command import_command;
extern const cli_command export_command;
extern const cli_command report_command;
extern const cli_command sample_command;
extern const cli_command travel_command;
extern const cli_command completion_command;

/** All of them, NULL behind the last. */
extern const cli_command *const cli_commands[];

#endif
