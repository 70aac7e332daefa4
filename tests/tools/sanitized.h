/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Copyright (c) 2026 The pcbsim authors
 */

/*
 * SANITIZED: this build has AddressSanitizer, which keeps what is freed, or
 * ThreadSanitizer, which has as much of its own, so that nothing is to be
 * learnt from the memory that it takes.
 */

#ifndef TESTS_TOOLS_SANITIZED_H
#define	TESTS_TOOLS_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define	SANITIZED	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define	SANITIZED	1
#endif
#endif
#ifndef SANITIZED
#define	SANITIZED	0
#endif

#endif /* !TESTS_TOOLS_SANITIZED_H */
