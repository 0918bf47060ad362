using System.Diagnostics;
using System.Globalization;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;
using Npgsql;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Events">Submissions that waited while supervision stood still.</param>
/// <param name="CatchUpSeconds">Until each had its review, while more came in.</param>
/// <param name="Arrivals">How many came in meanwhile, at the rate that is to be outrun five times over.</param>
/// <param name="Reports">In the queue that is opened.</param>
/// <param name="Queue">The province's first page as the web app asks for it, nothing narrowed.</param>
/// <param name="Narrowed">The same, only reports without warnings, most warnings first, or by part of a name, in turn.</param>
/// <param name="Places">What waits from each of the province's cities, as its page asks for it.</param>
/// <param name="Board">Who holds what, for the whole province.</param>
/// <param name="Approved">Modules passed on by one act.</param>
/// <param name="ApprovalSeconds">Until it was answered.</param>
/// <param name="AuditEntries">Acts written for it; must be as many.</param>
/// <param name="CatchUpUse">Of the processor until it had caught up.</param>
/// <param name="LookUse">Of the processor while queue and board were opened.</param>
internal sealed record ReviewResult(
    int Events, double CatchUpSeconds, int Arrivals, int Reports, Percentiles Queue, Percentiles Narrowed, Percentiles Places, Percentiles Board, int Approved, double ApprovalSeconds, long AuditEntries,
    ProcessorUse CatchUpUse, ProcessorUse LookUse)
{
    /// <summary>Reviews a second.</summary>
    public double CatchUpRate => (Events + Arrivals) / CatchUpSeconds;

    public double ToArrivals => CatchUpRate / ReviewFigure.ArrivalsASecond;
}

/// <summary>
/// Supervision stands still as if it had been down, a whole province's submissions come in, it goes on; then somebody opens the
/// queue of all of it and a county passes on a thousand modules. The events go by reporting's outbox, its dispatcher and the
/// broker, as those of real submissions do; analytics stands still throughout, it has no part in this and does not know these schools.
/// </summary>
internal static class ReviewFigure
{
    public const int ArrivalsASecond = 50;
    /// <summary>Those that are there for people to belong to; the others are made with SQL.</summary>
    public const int LoadedSchools = 64;
    private const int ModulesEach = 10, Looks = 40;

    public static async Task<ReviewResult> RunAsync(BenchmarkOptions options, NpgsqlDataSource postgres, ProcessorWatch processor, BenchmarkProvince province, CancellationToken cancellationToken)
    {
        var data = new ReviewRows(postgres);
        var now = TimeProvider.System.GetUtcNow();
        var events = options.Schools * ModulesEach;
        var (cycle, other) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        await data.SchoolsAsync(options.Schools, province.CountyCode, cancellationToken);
        await data.CycleAsync(cycle, ModulesEach, cancellationToken);
        await SignalAsync(options, "analytics", "STOP", cancellationToken);
        try
        {
            await SignalAsync(options, "supervision", "STOP", cancellationToken);
            await data.SubmitAsync(cycle, 0, options.Schools, ModulesEach, cancellationToken);
            await data.PublishedAsync(cancellationToken);
            await SignalAsync(options, "supervision", "CONT", cancellationToken);
            Console.WriteLine($"  {TimeProvider.System.GetUtcNow():HH:mm:ss} supervision goes on");
            var (arrivals, seconds, use) = await CatchUpAsync(data, events, cycle, other, processor, cancellationToken);
            Console.WriteLine($"  {TimeProvider.System.GetUtcNow():HH:mm:ss} caught up after {seconds:F0} s");
            var reading = processor.Read();
            var (queue, narrowed, places, board) = await LookAsync(options.Address, province.Owner.CookieHeader, cycle, cancellationToken);
            var looking = processor.Since(reading);
            var (approved, took, entries) = await ApproveAsync(data, province, cycle, cancellationToken);
            return new(events, seconds, arrivals, options.Schools, queue, narrowed, places, board, approved, took, entries, use, looking);
        }
        finally
        {
            // What stands still cannot be ended the orderly way either.
            await SignalAsync(options, "supervision", "CONT", CancellationToken.None);
            await SignalAsync(options, "analytics", "CONT", CancellationToken.None);
        }
    }

    private static async Task<(int Arrivals, double Seconds, ProcessorUse Use)> CatchUpAsync(ReviewRows data, int events, Guid cycle, Guid other, ProcessorWatch processor, CancellationToken cancellationToken)
    {
        var (reading, started) = (processor.Read(), TimeProvider.System.GetTimestamp());
        using var arriving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var arrivals = ArriveAsync(data, other, arriving.Token);
        await data.ReviewedAsync(cycle, events, TimeSpan.FromMinutes(20), cancellationToken);
        await arriving.CancelAsync();
        var arrived = await arrivals;
        await data.ReviewedAsync(other, arrived, TimeSpan.FromMinutes(2), cancellationToken);
        return (arrived, TimeProvider.System.GetElapsedTime(started).TotalSeconds, processor.Since(reading));
    }

    private static async Task<int> ArriveAsync(ReviewRows data, Guid cycle, CancellationToken cancellationToken)
    {
        var count = 0;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await second.WaitForNextTickAsync(cancellationToken))
            {
                // To its end, so that what is counted was sent.
                await data.SubmitAsync(cycle, count / ModulesEach, ArrivalsASecond / ModulesEach, ModulesEach, CancellationToken.None);
                count += ArrivalsASecond;
            }
        }
        catch (OperationCanceledException)
        {
            // Caught up.
        }

        return count;
    }

    /// <summary>At once, without waiting for the database to tidy up: on that evening nobody does.</summary>
    private static async Task<(Percentiles Queue, Percentiles Narrowed, Percentiles Places, Percentiles Board)> LookAsync(Uri address, string cookie, Guid cycle, CancellationToken cancellationToken)
    {
        var queue = $"/api/supervision/queue?cycleId={cycle}&step=county&pageSize=150";
        return (
            await TimesAsync(address, cookie, [queue], cancellationToken),
            await TimesAsync(address, cookie, [$"{queue}&clean=true", $"{queue}&order=warnings", $"{queue}&search={Uri.EscapeDataString("第77")}"], cancellationToken),
            await TimesAsync(address, cookie, [$"/api/supervision/queue/places?cycleId={cycle}&step=county"], cancellationToken),
            await TimesAsync(address, cookie, [$"/api/supervision/board?cycleId={cycle}"], cancellationToken));
    }

    private static async Task<Percentiles> TimesAsync(Uri address, string cookie, string[] pages, CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(address);
        var times = new List<double>();
        for (var n = 0; n < Looks + pages.Length; n++)
        {
            var request = Request.Get(address, pages[n % pages.Length], ("Cookie", cookie));
            var sent = TimeProvider.System.GetTimestamp();
            var answer = await connection.SendAsync(request, cancellationToken);
            if (answer.Status != 200)
            {
                throw new InvalidOperationException($"{pages[n % pages.Length]} answered {answer.Status.ToString(CultureInfo.InvariantCulture)}");
            }

            // The first of each kind is compiled while it runs.
            if (n >= pages.Length)
            {
                times.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            }
        }

        return Percentiles.Of(times);
    }

    private static async Task<(int Approved, double Seconds, long Entries)> ApproveAsync(ReviewRows data, BenchmarkProvince province, Guid cycle, CancellationToken cancellationToken)
    {
        var sent = TimeProvider.System.GetTimestamp();
        var answer = await province.County.PostAsync("/api/supervision/approvals", new { cycleId = cycle, step = "county" }, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(sent).TotalSeconds;
        var approved = answer["approved"]!.GetValue<int>();
        var entries = await data.AuditedAsync("review.approved", cancellationToken);
        Ledger.MustEqual("modules of the county", await data.InCountyAsync(cancellationToken) * ModulesEach, approved);
        Ledger.MustEqual("audit of the bulk approval", entries, approved);
        return (approved, took, entries);
    }

    /// <summary>A process that stands still answers nothing and loses its connections, as one that is down.</summary>
    private static async Task SignalAsync(BenchmarkOptions options, string service, string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", options.Processes[service].ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
