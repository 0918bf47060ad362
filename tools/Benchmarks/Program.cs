using System.Globalization;
using Gengdu.Benchmarks;
using Gengdu.Benchmarks.Bare;
using Gengdu.Benchmarks.Measures;
using Gengdu.Benchmarks.Machine;
using Npgsql;

// Measures the figures of docs/benchmarks.md against a running system; ./bench starts one for it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["bare-intake"]:
        await BareIntake.RunAsync(BareSettings.Read());
        return 0;
    case ["bare-gateway"]:
        await BareGateway.RunAsync(BareSettings.Read());
        return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    var options = BenchmarkOptions.Read(args);
    await using var postgres = NpgsqlDataSource.Create(options.Postgres);
    var processor = new ProcessorWatch(new Dictionary<string, int>(options.Processes) { ["bench"] = Environment.ProcessId });
    var report = new Report
    {
        MeasuredAt = TimeProvider.System.GetUtcNow(),
        Machine = await MachineDescription.ReadAsync(postgres, stop.Token),
        Schools = options.Schools,
        Clients = options.Clients,
    };
    using var bench = await Bench.PrepareAsync(options, postgres, processor, stop.Token);
    report.Submit = options.Figures.Contains("submit") ? await SubmitFigure.RunAsync(bench, stop.Token) : null;
    report.OpenLoop = options.Figures.Contains("open-loop") ? await OpenLoopFigure.RunAsync(bench, stop.Token) : null;
    report.Freshness = options.Figures.Contains("freshness") ? await FreshnessFigure.RunAsync(bench, stop.Token) : null;
    report.SignIns = options.Figures.Contains("sign-ins") ? await SignInFigure.RunAsync(bench, stop.Token) : null;
    report.Memory = processor.Processes.ToDictionary(p => p.Key, p => ProcessTree.ResidentMegabytes(p.Value));
    await report.WriteAsync(options.ResultFile, stop.Token);
    report.Print();
    return 0;
}
catch (ArgumentException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 2;
}
catch (Exception fault) when (fault is InvalidOperationException or Gengdu.Province.Api.RefusedException or HttpRequestException or NpgsqlException)
{
    Console.Error.WriteLine($"Not measured: {fault.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
