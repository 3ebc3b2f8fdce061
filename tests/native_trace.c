/* Writes the calls of C and C++ into a file when the process is killed by a fault: Python's faulthandler names only its own.

   cc -shared -fPIC -o native_trace.so native_trace.c; then start(descriptor) by ctypes, after faulthandler.enable, whose
   handler is called next. */
#define _GNU_SOURCE
#include <execinfo.h>
#include <signal.h>
#include <unistd.h>

#define MOST 60

static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE};
static struct sigaction before[sizeof(signals) / sizeof(*signals)];
static int file = -1;

static void write_calls(int number, siginfo_t *info, void *context)
{
    static const char head[] = "Native calls of the thread that failed:\n";
    void *calls[MOST];
    if (write(file, head, sizeof(head) - 1) > 0)
        backtrace_symbols_fd(calls, backtrace(calls, MOST), file);
    for (unsigned i = 0; i < sizeof(signals) / sizeof(*signals); i++)
        if (signals[i] == number)
            sigaction(number, &before[i], NULL);
    if (number == SIGABRT || info->si_code <= 0)
        raise(number); /* a fault of the processor comes again by itself */
    (void)context;
}

void start(int descriptor)
{
    void *first[1];
    backtrace(first, 1); /* loads what it needs now: a crashed process may not */
    file = descriptor;
    struct sigaction action = {.sa_sigaction = write_calls, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (unsigned i = 0; i < sizeof(signals) / sizeof(*signals); i++)
        sigaction(signals[i], &action, &before[i]);
}
