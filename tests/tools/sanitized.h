/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SANITIZED: this build has AddressSanitizer, which keeps what is freed, so
 * that nothing is to be learnt from the memory that it takes.
 */

#ifndef TESTS_TOOLS_SANITIZED_H
#define	TESTS_TOOLS_SANITIZED_H

#ifdef __SANITIZE_ADDRESS__
#define	SANITIZED	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define	SANITIZED	1
#endif
#endif
#ifndef SANITIZED
#define	SANITIZED	0
#endif

#endif /* !TESTS_TOOLS_SANITIZED_H */
