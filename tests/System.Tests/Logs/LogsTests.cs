using Gengdu.Province;
using Gengdu.Province.Make;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests.Logs;

/// <summary>
/// Plays a small province and then everything that could carry a secret into a log, with telemetry on, and reads all that was
/// written: by the five services, to the collector, and by Postgres and RabbitMQ.
/// </summary>
public sealed class LogsTests
{
    [Fact]
    public async Task AllLogsOfARun_HoldNoSecretAndNoPersonalNumber()
    {
        var cancel = TestContext.Current.CancellationToken;
        var servers = ServerLogs.Here();
        await using var collector = new TelemetryCollector();
        await using var system = await GengduSystem.StartAsync(cancel, more: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "500",
        });
        var options = new LoadOptions
        {
            Address = system.Address,
            Schools = 14,
            AdministratorName = GengduSystem.Administrator,
            AdministratorPassword = system.Password,
            Password = system.Password,
            AccountsFile = Path.Combine(Path.GetTempPath(), $"gengdu-logs-{Environment.ProcessId}.txt"),
            DivisionsFile = RepositoryRoot.Combine("data", "divisions.csv"),
            Parallel = 4,
            Untouched = 1,
        };
        await new ProvinceLoader(options).RunAsync(cancel);
        File.Delete(options.AccountsFile);
        var spill = new Spill(system, options);
        await spill.RunAsync(cancel);
        await Eventually.BecomesAsync(() => Task.FromResult(collector.Received("traces").Any(text => text.Contains("/api/reporting", StringComparison.Ordinal))),
            came => came, "traces reach the collector", cancel, seconds: 60);
        await Task.Delay(1500, cancel);

        var logs = GengduSystem.Services.Select(service => (Source: service, Lines: system[service].Output.Split('\n')))
            .Append((Source: "telemetry, logs", Lines: Split(collector.Received("logs")))).Append((Source: "telemetry, traces", Lines: Split(collector.Received("traces"))))
            .Concat(spill.Started).Concat(servers.Written()).ToList();
        Assert.All(GengduSystem.Services, service => Assert.True(logs.Single(log => log.Source == service).Lines.Length > 3, $"{service} wrote nothing: the scan would prove nothing"));
        Violations(logs.SelectMany(log => LogScan.Finds(log.Source, log.Lines, spill.Secrets)));

        // The same scan over the same logs finds one seeded line: silence above is not deafness.
        var (source, lines) = logs[Random.Shared.Next(GengduSystem.Services.Length)];
        Assert.Single(LogScan.Finds(source, [.. lines, $"the password {system.Password} was wrong"], spill.Secrets));
    }

    /// <summary>A service that cannot reach its servers says which, and not with what it tried.</summary>
    [Fact]
    public async Task Start_WithPasswordsThatAreRefused_NamesTheServerOnly()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var place = await Place.CreateAsync(cancel);
        var settings = place.Settings("reporting");
        settings["ConnectionStrings__Postgres"] = new NpgsqlConnectionStringBuilder(settings["ConnectionStrings__Postgres"]) { Username = "nobody_here", Password = "Canary-Postgres-77" }.ConnectionString;
        settings["ConnectionStrings__RabbitMq"] = new UriBuilder(settings["ConnectionStrings__RabbitMq"]) { UserName = "nobody", Password = "Canary-Rabbit-77" }.Uri.ToString();
        await using var running = RunningService.Start("reporting", settings, int.MaxValue);
        await Eventually.BecomesAsync(() => Task.FromResult(running.Output), said => running.HasExited || said.Contains("127.0.0.1", StringComparison.Ordinal), "it says what it waits for", cancel, seconds: 60);
        await Task.Delay(3000, cancel);
        Violations(LogScan.Finds("reporting", running.Output.Split('\n'), new Dictionary<string, string> { ["Canary-Postgres-77"] = "the password of Postgres", ["Canary-Rabbit-77"] = "the password of RabbitMQ" }));
    }

    private static string[] Split(IEnumerable<string> texts) => [.. texts.SelectMany(text => text.Split('\n', '\0'))];

    private static void Violations(IEnumerable<string> finds)
    {
        var all = finds.Distinct().ToList();
        Assert.True(all.Count == 0, $"{all.Count} finds:\n{string.Join('\n', all.Take(40))}");
    }
}
