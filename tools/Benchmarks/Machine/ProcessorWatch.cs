using System.Globalization;

namespace Gengdu.Benchmarks.Machine;

/// <summary>Cores used during one window.</summary>
/// <param name="Ours">By the named processes with everything below them.</param>
/// <param name="Foreign">By everything else on the machine (interrupts included).</param>
/// <param name="Steal">Taken by the hypervisor for other guests.</param>
internal sealed record ProcessorUse(IReadOnlyDictionary<string, double> Ours, double Foreign, double Steal)
{
    public double OursTogether => Ours.Values.Sum();
}

/// <summary>Tells our own load from that of others on the machine.</summary>
internal sealed class ProcessorWatch(IReadOnlyDictionary<string, int> processes)
{
    public IReadOnlyDictionary<string, int> Processes => processes;

    public Reading Read()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture) / 100).ToArray();
        // user, nice, system, idle, iowait, irq, softirq, steal.
        return new(TimeProvider.System.GetTimestamp(), ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[7], ProcessTree.Seconds(processes));
    }

    public ProcessorUse Since(Reading before)
    {
        var now = Read();
        var seconds = TimeProvider.System.GetElapsedTime(before.Taken, now.Taken).TotalSeconds;
        var ours = now.Ours.ToDictionary(p => p.Key, p => Math.Round((p.Value - before.Ours.GetValueOrDefault(p.Key)) / seconds, 2));
        var foreign = ((now.Busy - before.Busy) / seconds) - ours.Values.Sum();
        return new(ours, Math.Round(Math.Max(0, foreign), 2), Math.Round((now.Steal - before.Steal) / seconds, 2));
    }

    /// <summary>Waits until our own processes rest: what one window started must not be paid for in the next.</summary>
    /// <param name="resting">Cores that they may use.</param>
    /// <param name="atMost">Then it goes on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task QuietAsync(double resting, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            var before = Read();
            await Task.Delay(700, cancellationToken);
            if (Since(before).OursTogether < resting)
            {
                return;
            }
        }
        while (TimeProvider.System.GetElapsedTime(started) < atMost);
    }

    /// <summary>Totals at one moment, in seconds.</summary>
    internal sealed record Reading(long Taken, double Busy, double Steal, Dictionary<string, double> Ours);
}
