using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Measures;
using Gengdu.Province.Api;
using Gengdu.Province.Play;
using Gengdu.Province.Values;

namespace Gengdu.Benchmarks.Setup;

/// <summary>A completed module report that waits for its approver, as the bytes of the request that submits it.</summary>
internal sealed record PreparedSubmission(Guid ModuleReportId, int Approver, byte[] Request);

/// <summary>
/// Completed module reports through the public API. Each can be submitted once, so a round opens a cycle of its own, fills
/// in one module of about 60 answers at every school (and the one its rules read beside it) and marks it complete.
/// </summary>
internal sealed class Preparation(BenchmarkOptions options, BenchmarkProvince province)
{
    private const string Measured = "curriculum";
    private const string Read = "basic-information";
    private readonly DateOnly _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
    private JsonNode? _programme;
    private int _answers;
    private int _made;

    /// <summary>Answers in a measured module, on average.</summary>
    public double AnswersEach => _made == 0 ? 0 : Math.Round((double)_answers / _made, 1);

    public async Task<Round> PrepareAsync(CancellationToken cancellationToken)
    {
        var (cycle, reports) = await OpenAsync(cancellationToken);
        var prepared = new ConcurrentBag<PreparedSubmission>();
        await Parallel.ForEachAsync(reports, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (item, cancel) =>
            prepared.Add(await FillAsync(item.School, item.Report, cancel)));
        return new(cycle, [.. prepared.OrderBy(p => p.ModuleReportId)]);
    }

    /// <summary>The measured module of every school in a cycle of its own, filled in once and not complete.</summary>
    public async Task<IReadOnlyList<Draft>> DraftsAsync(CancellationToken cancellationToken)
    {
        var (_, reports) = await OpenAsync(cancellationToken);
        var drafts = new ConcurrentBag<Draft>();
        await Parallel.ForEachAsync(reports, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (item, cancel) =>
        {
            var (id, version, values) = await SaveAsync(item.School, item.Report, Measured, cancel);
            var cells = JsonSerializer.SerializeToElement(Changes.Of(values)).EnumerateArray()
                .Where(change => change.GetProperty("value").ValueKind == JsonValueKind.Number && change.GetProperty("value").TryGetInt64(out _))
                .Select(change => (change.GetProperty("at").GetString()!, change.GetProperty("value").GetInt64())).ToList();
            drafts.Add(new(id, $"/fill/{item.Report["id"]!.GetValue<Guid>()}/modules/{Measured}", version, ReporterOf(item.School).CookieHeader, cells));
        });
        return [.. drafts.OrderBy(draft => draft.Id)];
    }

    private async Task<(Guid Cycle, List<(int School, JsonNode Report)> Reports)> OpenAsync(CancellationToken cancellationToken)
    {
        _programme ??= await OpenCycle.ProgrammeAsync(province.Owner, cancellationToken);
        var cycle = await OpenCycle.PlanAndOpenAsync(province.Owner, _programme, province.Divisions, province.Schools, cancellationToken);
        var reports = new List<(int School, JsonNode Report)>();
        foreach (var reporter in province.Reporters)
        {
            await foreach (var report in PlaySchools.PagesAsync(reporter, $"/api/reporting/reports?cycleId={cycle}", cancellationToken))
            {
                if (province.NumberOf(report["organisation"]!["code"]!.GetValue<string>()) is { } school)
                {
                    reports.Add((school, report));
                }
            }
        }

        return (cycle, reports);
    }

    private async Task<PreparedSubmission> FillAsync(int number, JsonNode report, CancellationToken cancellationToken)
    {
        await SaveAsync(number, report, Read, cancellationToken);
        var (id, version, values) = await SaveAsync(number, report, Measured, cancellationToken);
        version = await FillModule.CompleteAsync(ReporterOf(number), id, version, cancellationToken);
        Interlocked.Add(ref _answers, Changes.Of(values).Count);
        Interlocked.Increment(ref _made);
        var approver = number % province.Approvers.Count;
        return new(id, approver, Request.Post(options.Address, $"/api/reporting/module-reports/{id}/submission", """{"statement":true}""",
            ("Cookie", province.Approvers[approver].CookieHeader), ("X-Gengdu-Request", "1"), ("If-Match", $"\"v{version.ToString(CultureInfo.InvariantCulture)}\""),
            ("Idempotency-Key", $"bench-{id:N}")));
    }

    private async Task<(Guid Id, long Version, Dictionary<string, object?> Values)> SaveAsync(int number, JsonNode report, string key, CancellationToken cancellationToken)
    {
        var school = province.Schools[number];
        var values = SchoolValues.For(new Figures(school, _today, PeriodStart()))[key];
        var module = report["modules"]!.AsArray().First(m => m!["key"]!.GetValue<string>() == key)!;
        var id = module["id"]!.GetValue<Guid>();
        return (id, await FillModule.SaveAsync(ReporterOf(number), id, module["version"]!.GetValue<long>(), values, null, new Random(school.Seed), cancellationToken), values);
    }

    private Session ReporterOf(int number) => province.Reporters[number % province.Reporters.Count];

    private DateOnly PeriodStart() => new(_today.Month >= 9 ? _today.Year : _today.Month < 2 ? _today.Year - 1 : _today.Year, _today.Month is >= 9 or < 2 ? 9 : 3, 1);
}

/// <summary>What one round can submit.</summary>
internal sealed record Round(Guid CycleId, IReadOnlyList<PreparedSubmission> Submissions)
{
    /// <summary>One list of requests a client: each client is one approver.</summary>
    public IReadOnlyList<IEnumerable<byte[]>> ByClient() => [.. Submissions.GroupBy(s => s.Approver).Select(g => g.Select(s => s.Request).ToArray())];
}
