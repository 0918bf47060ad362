using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Values;

namespace Gengdu.Province.Play;

/// <summary>
/// Every school but the newcomer's fills in its modules; most sign them all, some are half-way, some have not begun. One in
/// eight makes a mistake that a rule catches, and corrects it.
/// </summary>
internal sealed class PlaySchools(LoadOptions options, Casts casts, Cycle cycle, IReadOnlyList<School> schools, Steps steps)
{
    private readonly Dictionary<string, School> _byCode = schools.ToDictionary(s => s.Code);
    private readonly ConcurrentDictionary<(string Code, string Module), Dictionary<string, object?>> _signed = new();
    private readonly DateOnly _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    public async Task<Signed> RunAsync(CancellationToken cancellationToken)
    {
        var reports = new List<(string City, JsonNode Report)>();
        foreach (var city in schools.Select(s => s.CityCode).Distinct())
        {
            await foreach (var report in PagesAsync(casts[People.Clerk(city, "reporter")], $"/api/reporting/reports?cycleId={cycle.Id}", cancellationToken))
            {
                reports.Add((city, report));
            }
        }

        await steps.RunAsync("reports 填报", reports.Count, async done =>
            await Parallel.ForEachAsync(reports, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (item, cancel) =>
            {
                await PlayAsync(item.City, item.Report, cancel);
                done(1);
            }));
        return new Signed(_signed);
    }

    internal static async IAsyncEnumerable<JsonNode> PagesAsync(
        Session session, string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 1; ; page++)
        {
            var answer = await session.GetAsync($"{path}&page={page}&pageSize=500", cancellationToken);
            var items = answer["items"]!.AsArray();
            foreach (var item in items)
            {
                yield return item!;
            }

            if (items.Count < 500)
            {
                yield break;
            }
        }
    }

    private async Task PlayAsync(string city, JsonNode report, CancellationToken cancellationToken)
    {
        var code = report["organisation"]!["code"]!.GetValue<string>();
        var school = _byCode.GetValueOrDefault(code);
        var random = new Random(school?.Seed ?? int.Parse(code, CultureInfo.InvariantCulture) ^ options.Seed);
        var fate = random.NextDouble();
        if (fate > options.Signed + 0.06)
        {
            return;
        }

        var values = school is null ? null : SchoolValues.For(new Figures(school, _today, Semester.At(_today).Start));
        var modules = report["modules"]!.AsArray().Select(m => m!).ToList();
        var half = fate > options.Signed ? random.Next(2, Math.Max(3, modules.Count)) : int.MaxValue;
        var mistaken = random.Next(8) == 0 ? Mistakes.Any(random) : null;
        var (reporter, approver) = (casts[People.Clerk(city, "reporter")], casts[People.Clerk(city, "approver")]);
        for (var i = 0; i < modules.Count; i++)
        {
            var (id, key, version) = (modules[i]["id"]!.GetValue<Guid>(), modules[i]["key"]!.GetValue<string>(), modules[i]["version"]!.GetValue<long>());
            if (i >= half)
            {
                break;
            }

            var mine = values is null ? DepartmentValues.For(cycle.Module(key), random) : values[key];
            var state = modules[i]["state"]!.GetValue<string>();
            if (state is "not-started" or "draft")
            {
                version = await FillModule.SaveAsync(reporter, id, version, mine, mistaken?.Module == key ? mistaken.Changes(mine) : null, random, cancellationToken);
                version = await FillModule.CompleteAsync(reporter, id, version, cancellationToken);
                state = "complete";
            }

            if (state == "complete" && half == int.MaxValue)
            {
                await FillModule.SignAsync(approver, id, version, cancellationToken);
                state = "submitted";
            }

            if (state != "complete")
            {
                _signed[(code, key)] = mine;
            }
        }
    }
}

/// <summary>What was signed, by school and module: the ground truth of the recount.</summary>
internal sealed record Signed(IReadOnlyDictionary<(string Code, string Module), Dictionary<string, object?>> Values);
