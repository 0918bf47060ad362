using Spectre.Console;

namespace Gengdu.Province;

/// <summary>Progress bars on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class Steps(bool interactive)
{
    public async Task RunAsync(string title, int total, Func<Action<int>, Task> work)
    {
        if (interactive)
        {
            await AnsiConsole.Progress().AutoClear(false)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new ElapsedTimeColumn())
                .StartAsync(async progress =>
                {
                    var task = progress.AddTask(title, maxValue: Math.Max(1, total));
                    await work(step => task.Increment(step));
                    task.Value = task.MaxValue;
                });
            return;
        }

        var started = TimeProvider.System.GetTimestamp();
        var (done, shown) = (0, started);
        await work(step =>
        {
            var now = Interlocked.Add(ref done, step);
            var last = Interlocked.Read(ref shown);
            if (TimeProvider.System.GetElapsedTime(last).TotalSeconds >= 5
                && Interlocked.CompareExchange(ref shown, TimeProvider.System.GetTimestamp(), last) == last)
            {
                Console.WriteLine($"  {title}: {now:N0} of {total:N0}");
            }
        });
        Console.WriteLine($"  {title}: done in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s");
    }
}
