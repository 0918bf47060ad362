using Gengdu.Benchmarks.Bare;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;
using Npgsql;

namespace Gengdu.Benchmarks.Measures;

/// <summary>Everything a figure is measured with.</summary>
internal sealed class Bench : IDisposable
{
    private const double Resting = 0.25, CountingAhead = 0.25;

    public required BenchmarkOptions Options { get; init; }

    public required NpgsqlDataSource Postgres { get; init; }

    public required ProcessorWatch Processor { get; init; }

    public required BenchmarkProvince Province { get; init; }

    public required Preparation Preparation { get; init; }

    public required Ledger Ledger { get; init; }

    public required SampleRow Sample { get; init; }

    public required BarePipeline Bare { get; init; }

    public required PgBench PgBench { get; init; }

    /// <summary>Loads the province, submits a first round to warm up and to have a sample, and starts the anchors.</summary>
    public static async Task<Bench> PrepareAsync(BenchmarkOptions options, NpgsqlDataSource postgres, ProcessorWatch processor, CancellationToken cancellationToken)
    {
        var province = await BenchmarkProvince.LoadAsync(options, cancellationToken);
        var (preparation, ledger) = (new Preparation(options, province), new Ledger(postgres));
        // Several rounds: .NET compiles what is used often once more, and better, while it runs.
        for (var n = 0; n < options.WarmUps; n++)
        {
            var round = await preparation.PrepareAsync(cancellationToken);
            var warm = await Load.ClosedLoop.RunAsync(options.Address, round.ByClient(), TimeSpan.FromMinutes(2), cancellationToken);
            Console.WriteLine($"  warm-up: {warm.Rate:F0}/s, {warm.Failed} failed {warm.FirstFault}");
        }

        var sample = await SampleRow.TakeAsync(postgres, cancellationToken);
        await BareTables.CreateAsync(postgres, cancellationToken);
        var bare = await BarePipeline.StartAsync(options.Postgres, sample, broker: null, cancellationToken);
        await bare.ClosedLoopAsync(options.Clients, TimeSpan.FromSeconds(4), cancellationToken);
        return new()
        {
            Options = options,
            Postgres = postgres,
            Processor = processor,
            Province = province,
            Preparation = preparation,
            Ledger = ledger,
            Sample = sample,
            Bare = bare,
            PgBench = new PgBench(options.PgBench, options.Postgres, sample),
        };
    }

    /// <summary>The bare pipeline with the rest of the way: published, consumed and counted. Warm; the caller ends it.</summary>
    public async Task<BarePipeline> StartBareFlowAsync(CancellationToken cancellationToken)
    {
        // What the one without a broker left behind is nobody's.
        await BareTables.EmptyAsync(Postgres, cancellationToken);
        var bare = await BarePipeline.StartAsync(Options.Postgres, Sample, Options.Broker, cancellationToken);
        for (var n = 0; n < 3; n++)
        {
            await ClosedLoop.RunAsync(bare.Address, [.. bare.Requests(800).Chunk(100)], TimeSpan.FromMinutes(1), cancellationToken);
            await Ledger.BareCountedAsync(TimeSpan.FromMinutes(3), cancellationToken);
        }

        return bare;
    }

    /// <summary>Gives a round's cycle the schools of a whole province, once analytics has the ones that submit.</summary>
    public async Task FillProvinceAsync(Round round, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await new RestOfProvince(Postgres).FillAsync(round.CycleId, BenchmarkOptions.WholeProvince - Options.Schools, cancellationToken);
    }

    /// <summary>Asks for the province's dashboard of a cycle.</summary>
    public async Task<byte[]> ProvincePageAsync(Guid cycleId, CancellationToken cancellationToken)
    {
        var province = (await Province.Owner.GetAsync("/api/identity/me", cancellationToken))["assignments"]![0]!["organisation"]!["id"]!.GetValue<Guid>();
        return Request.Get(Options.Address, $"/api/analytics/dashboards/nodes/{province}?cycleId={cycleId}", ("Cookie", Province.Owner.CookieHeader));
    }

    /// <summary>
    /// Waits until what was submitted has gone all the way and the processes rest, but for groups that are counted ahead: they take a fifth of a core
    /// for five minutes after each cycle of a whole province, and give way to what is measured. They are measured with it.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await Ledger.PublishedAsync(TimeSpan.FromMinutes(3), cancellationToken);
        await Processor.QuietAsync(await Ledger.GroupsAreCountedAsync(cancellationToken) ? Resting + CountingAhead : Resting, TimeSpan.FromSeconds(45), cancellationToken);
    }

    /// <summary>Everybody has just read something, as before signing: access tokens are fresh and checked once.</summary>
    public Task ReadFirstAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Province.Approvers.Select(approver => approver.GetAsync("/api/reporting/cycles", cancellationToken)));

    public void Dispose()
    {
        PgBench.Dispose();
        Bare.Dispose();
        Province.Dispose();
    }
}
