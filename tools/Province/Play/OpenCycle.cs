using System.Net;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;

namespace Gengdu.Province.Play;

/// <summary>The cycle being played.</summary>
internal sealed record Cycle(Guid Id, JsonNode Programme);

/// <summary>The province owner plans the semester's cycle and opens it once the whole roster is known to reporting.</summary>
internal static class OpenCycle
{
    private static readonly TimeSpan RightsPatience = TimeSpan.FromMinutes(2);

    public static async Task<Cycle> RunAsync(Session owner, IReadOnlyList<Division> divisions, IReadOnlyList<School> schools, Steps steps, CancellationToken cancellationToken)
    {
        Cycle? opened = null;
        await steps.RunAsync("cycle 填报周期", 1, async done =>
        {
            var bundle = await ProgrammeAsync(owner, cancellationToken);
            var running = (await owner.GetAsync("/api/reporting/cycles", cancellationToken))["items"]!.AsArray().FirstOrDefault(c => c!["state"]!.GetValue<string>() == "open");
            opened = new Cycle(running?["id"]!.GetValue<Guid>() ?? await PlanAndOpenAsync(owner, bundle, divisions, schools, cancellationToken), bundle);
            done(1);
        });
        return opened!;
    }

    /// <summary>The whole bundle of the programme this release ships.</summary>
    public static async Task<JsonNode> ProgrammeAsync(Session owner, CancellationToken cancellationToken)
    {
        var programme = (await owner.GetAsync("/api/reporting/programmes", cancellationToken))["items"]![0]!;
        return await owner.GetAsync($"/api/reporting/programmes/{programme["key"]!.GetValue<string>()}/versions/{programme["version"]!.GetValue<string>()}", cancellationToken);
    }

    /// <summary>A cycle of its own, whatever else is open.</summary>
    public static async Task<Guid> PlanAndOpenAsync(
        Session owner, JsonNode bundle, IReadOnlyList<Division> divisions, IReadOnlyList<School> schools, CancellationToken cancellationToken)
    {
        var id = await PlanAsync(owner, Plan(bundle["programme"]!["key"]!.GetValue<string>(), bundle), cancellationToken);
        // One report for each level an organisation plays: Dingzhou and Xinji owe two.
        await WaitForRosterAsync(owner, id, divisions.Sum(d => d.LevelRoles.Length) + schools.Count, cancellationToken);
        await owner.PostAsync($"/api/reporting/cycles/{id}/opening", new { }, cancellationToken);
        return id;
    }

    // Rights given a moment ago travel to reporting behind the organisations they are for.
    private static async Task<Guid> PlanAsync(Session owner, object plan, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return (await owner.PostAsync("/api/reporting/cycles", plan, cancellationToken))["id"]!.GetValue<Guid>();
            }
            catch (RefusedException refused) when (refused.Status == HttpStatusCode.Forbidden && TimeProvider.System.GetElapsedTime(started) < RightsPatience)
            {
                await Task.Delay(500, cancellationToken);
            }
        }
    }

    private static object Plan(string key, JsonNode bundle)
    {
        var now = TimeProvider.System.GetUtcNow();
        var autumn = now.ToOffset(TimeSpan.FromHours(8)) is { Month: >= 9 or < 2 };
        var year = now.Month < 2 ? now.Year - 1 : now.Year;
        return new
        {
            programmeKey = key,
            nameZh = $"{year}—{year + 1}学年{(autumn ? "秋季" : "春季")}学期劳动教育填报",
            nameEn = $"Labor education, {(autumn ? "autumn" : "spring")} semester {year}-{year + 1}",
            period = new
            {
                key = autumn ? $"{year}-autumn" : $"{year}-spring",
                academicYear = $"{(autumn ? year : year - 1)}-{(autumn ? year + 1 : year)}",
                start = autumn ? $"{year}-09-01" : $"{year}-03-01",
                end = autumn ? $"{year + 1}-01-31" : $"{year}-07-15",
                fiscalYear = year,
            },
            moduleKeys = bundle["modules"]!.AsArray().Select(m => m!["key"]!.GetValue<string>()),
            opensAt = now.AddMinutes(-1),
            deadlines = new { school = now.AddDays(14), county = now.AddDays(24), city = now.AddDays(34), province = now.AddDays(60) },
            graceMinutes = 120,
        };
    }

    // The roster is frozen from reporting's replica of the tree, which follows the register by some seconds.
    private static async Task WaitForRosterAsync(Session owner, Guid id, int expected, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 600; i++)
        {
            var known = (await owner.GetAsync($"/api/reporting/cycles/{id}", cancellationToken))["rosterSize"]!.GetValue<int>();
            if (known >= expected)
            {
                return;
            }

            await Task.Delay(500, cancellationToken);
        }

        throw new InvalidOperationException($"Reporting's roster has not grown to {expected} reports after five minutes: is the message broker running?");
    }
}
