using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Values;

namespace Gengdu.Province.Play;

/// <summary>
/// The semester before, tried out in some places: those schools signed everything, it was approved up to the province, the cycle is
/// closed. So the running one has a past: history beside the cells, offers of last values, differences at signing and review.
/// </summary>
internal sealed class PlayPast(LoadOptions options, Casts casts, Session owner, IReadOnlyList<Division> divisions, IReadOnlyList<School> schools, Steps steps)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Semester _semester = Semester.Now().Before();
    private readonly DateOnly _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
    private int _signed;

    public async Task RunAsync(People people, CancellationToken cancellationToken)
    {
        if (options.PastSchools == 0 || await OpenCycle.FindAsync(owner, _semester, cancellationToken) is { } found && found["state"]!.GetValue<string>() == "closed")
        {
            return;
        }

        var bundle = await OpenCycle.ProgrammeAsync(owner, cancellationToken);
        var begun = (await OpenCycle.FindAsync(owner, _semester, cancellationToken))?["id"]!.GetValue<Guid>();
        var cycle = new Cycle(begun ?? await OpenCycle.PlanAndOpenAsync(owner, OpenCycle.PlanOfPast(bundle, _semester), divisions, schools, cancellationToken), bundle);
        var reports = await ReportsAsync(cycle, people, cancellationToken);
        await steps.RunAsync("the semester before 上学期", reports.Count, async done =>
        {
            await Parallel.ForEachAsync(reports, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (part, cancel) =>
            {
                await PlayAsync(cycle, part, cancel);
                done(1);
            });
            await ApproveAsync(cycle, reports, cancellationToken);
            await owner.PostAsync($"/api/reporting/cycles/{cycle.Id}/closing", new { }, cancellationToken);
        });
    }

    /// <summary>The newcomers' own schools, then those of the tried county, then its neighbours; and the offices of their counties.</summary>
    internal static IReadOnlyList<School> Pilot(IReadOnlyList<School> schools, People people, int count) =>
        [.. people.Untouched.Concat(schools.Where(s => s.CityCode == people.Showcase.CityCode).OrderBy(s => s.ParentCode != People.TriedCounty)).Distinct().Take(Math.Max(count, people.Untouched.Count))];

    /// <summary>A semester ago: a few pupils fewer, and a little less done for labor education.</summary>
    internal static Dictionary<string, Dictionary<string, object?>> ValuesOf(School school, DateOnly today, Semester semester) =>
        SchoolValues.For(new Figures(school with { Pupils = Math.Max(18, (int)(school.Pupils * 0.965)) }, today, semester.Start, effort: -0.03));

    private async Task<List<Part>> ReportsAsync(Cycle cycle, People people, CancellationToken cancellationToken)
    {
        var pilot = Pilot(schools, people, options.PastSchools).ToDictionary(s => s.Code);
        var counties = pilot.Values.Select(s => s.ParentCode).ToHashSet();
        var city = people.Showcase.CityCode;
        var parts = new List<Part>();
        foreach (var (reporter, approver) in Enumerable.Range(0, people.Untouched.Count).Select(i => (People.Own("reporter", i), People.Own("approver", i)))
            .Append((People.Clerk(city, "reporter"), People.Clerk(city, "approver"))))
        {
            await foreach (var report in PlaySchools.PagesAsync(casts[reporter], $"/api/reporting/reports?cycleId={cycle.Id}", cancellationToken))
            {
                var code = report["organisation"]!["code"]!.GetValue<string>();
                if (pilot.ContainsKey(code) || counties.Contains(code))
                {
                    parts.Add(new(report, pilot.GetValueOrDefault(code), casts[reporter], casts[approver], pilot.GetValueOrDefault(code)?.ParentCode ?? code));
                }
            }
        }

        return parts;
    }

    private async Task PlayAsync(Cycle cycle, Part part, CancellationToken cancellationToken)
    {
        var random = new Random(part.School?.Seed ?? int.Parse(part.County, CultureInfo.InvariantCulture) ^ options.Seed);
        var values = part.School is null ? null : ValuesOf(part.School, _today, _semester);
        foreach (var module in part.Report["modules"]!.AsArray())
        {
            var (id, key, version, state) = (module!["id"]!.GetValue<Guid>(), module["key"]!.GetValue<string>(), module["version"]!.GetValue<long>(), module["state"]!.GetValue<string>());
            if (state is "not-started" or "draft")
            {
                version = await FillModule.SaveAsync(part.Reporter, id, version, values?[key] ?? DepartmentValues.For(cycle.Module(key), random), null, random, cancellationToken);
                version = await FillModule.CompleteAsync(part.Reporter, id, version, cancellationToken);
                state = "complete";
            }

            if (state == "complete")
            {
                await FillModule.SignAsync(part.Approver, id, version, cancellationToken);
            }

            Interlocked.Increment(ref _signed);
        }
    }

    // Supervision hears of a signature by its event: the last step is asked until it has passed all of them.
    private async Task ApproveAsync(Cycle cycle, List<Part> parts, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var reviewers = parts.Select(p => p.County).Distinct().Select(county => casts[People.Reviewer(county)]).ToList();
        var supervisor = casts[People.Supervisor(parts.First(p => p.School is not null).School!.CityCode)];
        while (await AcceptedAsync(cycle, cancellationToken) < _signed)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException("The semester before was not approved within two minutes: is the message broker running?");
            }

            foreach (var (session, step) in reviewers.Select(r => (r, "county")).Append((supervisor, "city")).Append((owner, "province")))
            {
                await session.PostAsync("/api/supervision/approvals", new { cycleId = cycle.Id, step }, cancellationToken);
            }

            await Task.Delay(250, cancellationToken);
        }
    }

    // Reporting has heard of the acceptance too, so that nothing of the closed cycle still changes.
    private async Task<int> AcceptedAsync(Cycle cycle, CancellationToken cancellationToken)
    {
        var accepted = 0;
        await foreach (var report in PlaySchools.PagesAsync(owner, $"/api/reporting/reports?cycleId={cycle.Id}&state=accepted", cancellationToken))
        {
            accepted += report["modules"]!.AsArray().Count(m => m!["state"]!.GetValue<string>() is "accepted" or "locked");
        }

        return accepted;
    }

    private sealed record Part(JsonNode Report, School? School, Session Reporter, Session Approver, string County);
}
