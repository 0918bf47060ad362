using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Gengdu.Benchmarks.Bare;

/// <summary>pgbench with the same two rows in one round trip and one transaction: what Postgres allows when nothing else runs.</summary>
internal sealed partial class PgBench(string program, string connection, SampleRow sample) : IDisposable
{
    private const string Script = """
        \startpipeline
        insert into bench.revisions (module_report_id, number, values, explanations, results, content_hash, receipt_number, submitted_at, submitted_by, on_time) values (gen_random_uuid(), 1, cast(:doc as jsonb), cast(:explanations as jsonb), cast(:results as jsonb), repeat('0', 64), gen_random_uuid()::text, now(), gen_random_uuid(), true);
        insert into bench.outbox_messages (id, type, body, not_before, attempts) values (gen_random_uuid(), 'Gengdu.Contracts.Reporting.V1.ModuleReportSubmitted', :event, now(), 0);
        \endpipeline
        """;

    private readonly string _file = Path.GetTempFileName();

    /// <returns>Transactions a second, how many, and their mean time in milliseconds.</returns>
    public async Task<PgBenchOutcome> RunAsync(int clients, int seconds, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(_file, Script + "\n", cancellationToken);
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "-n", "-h", to.Host!, "-p", to.Port.ToString(CultureInfo.InvariantCulture), "-U", to.Username!, "-M", "prepared", "-f", _file,
                "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture),
                "-D", $"doc={sample.Values}", "-D", $"explanations={sample.Explanations}", "-D", $"results={sample.Results}", "-D", $"event={sample.Event}", to.Database!,
            },
        };
        start.Environment["PGPASSWORD"] = to.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? new(Number(Rate(), text), (long)Number(Count(), text), Number(Latency(), text))
            : throw new InvalidOperationException($"pgbench ended with code {process.ExitCode}: {await errors}");
    }

    public void Dispose() => File.Delete(_file);

    private static double Number(Regex pattern, string text) => double.Parse(pattern.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([\d.]+) \(without")]
    private static partial Regex Rate();

    [GeneratedRegex(@"transactions actually processed: (\d+)")]
    private static partial Regex Count();

    [GeneratedRegex(@"latency average = ([\d.]+) ms")]
    private static partial Regex Latency();
}

internal sealed record PgBenchOutcome(double Rate, long Transactions, double MeanMilliseconds);
