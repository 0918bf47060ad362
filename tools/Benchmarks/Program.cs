using System.Globalization;
using Gengdu.Benchmarks;
using Gengdu.Benchmarks.Bare;
using Gengdu.Benchmarks.Measures;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;
using Microsoft.Playwright;
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
    case ["bare-projection"]:
        await BareProjection.RunAsync(BareSettings.Read());
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
    if (options.Figures is ["review"])
    {
        using var province = await BenchmarkProvince.LoadAsync(options with { Schools = ReviewFigure.LoadedSchools }, stop.Token);
        report.Review = await ReviewFigure.RunAsync(options, postgres, processor, province, stop.Token);
        report.Memory = processor.Processes.ToDictionary(p => p.Key, p => ProcessTree.ResidentMegabytes(p.Value));
        await report.WriteAsync(options.ResultFile, stop.Token);
        report.Print();
        return 0;
    }

    using var bench = await Bench.PrepareAsync(options, postgres, processor, stop.Token);
    report.Submit = options.Figures.Contains("submit") ? await SubmitFigure.RunAsync(bench, stop.Token) : null;
    report.OpenLoop = options.Figures.Contains("open-loop") ? await OpenLoopFigure.RunAsync(bench, stop.Token) : null;
    report.Freshness = options.Figures.Contains("freshness") ? await FreshnessFigure.RunAsync(bench, stop.Token) : null;
    report.Burst = options.Figures.Contains("burst") ? await BurstFigure.RunAsync(bench, stop.Token) : null;
    report.Backlog = options.Figures.Contains("backlog") ? await BacklogFigure.RunAsync(bench, stop.Token) : null;
    report.OpenPages = options.Figures.Contains("open-pages") ? await OpenPagesFigure.RunAsync(bench, stop.Token) : null;
    report.DeadlineRoom = options.Figures.Contains("deadline-room") ? await DeadlineRoomFigure.RunAsync(bench, stop.Token) : null;
    report.SignIns = options.Figures.Contains("sign-ins") ? await SignInFigure.RunAsync(bench, stop.Token) : null;
    report.Autosave = options.Figures.Contains("autosave") ? await AutosaveFigure.RunAsync(bench, stop.Token) : null;
    report.Phone = options.Figures.Contains("phone") ? await PhoneFigure.RunAsync(bench, stop.Token) : null;
    report.Pages = options.Figures.Contains("pages") ? await PagesFigure.RunAsync(bench, stop.Token) : null;
    report.Rebuild = options.Figures.Contains("rebuild") ? await RebuildFigure.RunAsync(bench, stop.Token) : null;
    report.Dashboards = options.Figures.Contains("dashboards") ? await DashboardsFigure.RunAsync(bench, stop.Token) : null;
    report.Exports = options.Figures.Contains("exports") ? await ExportsFigure.RunAsync(bench, stop.Token) : null;
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
catch (Exception fault) when (fault is InvalidOperationException or Gengdu.Province.Api.RefusedException or HttpRequestException or NpgsqlException or PlaywrightException or TimeoutException)
{
    Console.Error.WriteLine($"Not measured: {fault.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
