using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Gengdu.Messaging;

/// <summary>
/// Named places where a test kills the process (SIGKILL to itself), to prove that nothing is lost. Armed only by the
/// environment variable GENGDU_FAULT_POINT="FP07:3" (the third time this process passes FP07); otherwise a test of one
/// constant. The list of points is in docs/operations/fault-points.md.
/// </summary>
public static partial class FaultPoints
{
    private static readonly (string Point, int Nth) Armed = Read(Environment.GetEnvironmentVariable("GENGDU_FAULT_POINT"));
    private static int _passed;

    /// <summary>Body read, before the transaction.</summary>
    public const string BeforeTransaction = "FP01";

    /// <summary>Transaction open and written, before COMMIT.</summary>
    public const string BeforeCommit = "FP03";

    /// <summary>After COMMIT, before the response.</summary>
    public const string AfterCommit = "FP04";

    /// <summary>Outbox rows leased, before the first publish.</summary>
    public const string Leased = "FP06";

    /// <summary>Published, before the confirm.</summary>
    public const string Published = "FP07";

    /// <summary>Confirmed, before the row is deleted.</summary>
    public const string Confirmed = "FP08";

    /// <summary>Half of a batch published.</summary>
    public const string HalfBatch = "FP09";

    /// <summary>Delivered, before the inbox row.</summary>
    public const string Delivered = "FP13";

    /// <summary>Effect written, before COMMIT.</summary>
    public const string EffectWritten = "FP14";

    /// <summary>Committed, before the acknowledgement.</summary>
    public const string EffectCommitted = "FP15";

    /// <summary>Kills the process when this point is armed and passed for the nth time.</summary>
    public static void Pass(string point)
    {
        if (Armed.Nth > 0 && Armed.Point == point && Interlocked.Increment(ref _passed) == Armed.Nth)
        {
            _ = Kill(Environment.ProcessId, 9);
            Process.GetCurrentProcess().Kill();
        }
    }

    private static (string, int) Read(string? armed) =>
        armed?.Split(':') is [var point, var nth] && int.TryParse(nth, CultureInfo.InvariantCulture, out var count) ? (point, count) : ("", 0);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
