using System.Net;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Make;

namespace Gengdu.Province.Play;

/// <summary>The cycle being played.</summary>
internal sealed record Cycle(Guid Id, JsonNode Programme)
{
    public JsonNode Module(string key) => Programme["modules"]!.AsArray().First(m => m!["key"]!.GetValue<string>() == key)!;
}

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
            var running = await FindAsync(owner, Semester.Now(), cancellationToken);
            opened = new Cycle(running?["id"]!.GetValue<Guid>() ?? await PlanAndOpenAsync(owner, bundle, divisions, schools, cancellationToken), bundle);
            done(1);
        });
        return opened!;
    }

    /// <summary>The cycle of a semester that a start before this one has opened, or even closed.</summary>
    public static async Task<JsonNode?> FindAsync(Session owner, Semester semester, CancellationToken cancellationToken) =>
        (await owner.GetAsync("/api/reporting/cycles", cancellationToken))["items"]!.AsArray()
            .FirstOrDefault(c => c!["period"]!["key"]!.GetValue<string>() == semester.Key && c["state"]!.GetValue<string>() != "planned");

    /// <summary>The whole bundle of the programme this release ships.</summary>
    public static async Task<JsonNode> ProgrammeAsync(Session owner, CancellationToken cancellationToken)
    {
        var programme = (await owner.GetAsync("/api/reporting/programmes", cancellationToken))["items"]![0]!;
        return await owner.GetAsync($"/api/reporting/programmes/{programme["key"]!.GetValue<string>()}/versions/{programme["version"]!.GetValue<string>()}", cancellationToken);
    }

    /// <summary>This semester's cycle, whatever else is open.</summary>
    public static Task<Guid> PlanAndOpenAsync(
        Session owner, JsonNode bundle, IReadOnlyList<Division> divisions, IReadOnlyList<School> schools, CancellationToken cancellationToken) =>
        PlanAndOpenAsync(owner, Plan(bundle), divisions, schools, cancellationToken);

    public static async Task<Guid> PlanAndOpenAsync(
        Session owner, object plan, IReadOnlyList<Division> divisions, IReadOnlyList<School> schools, CancellationToken cancellationToken)
    {
        var id = await PlanAsync(owner, plan, cancellationToken);
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

    private static object Plan(JsonNode bundle)
    {
        var (now, semester) = (TimeProvider.System.GetUtcNow(), Semester.Now());
        return new
        {
            programmeKey = KeyOf(bundle),
            nameZh = $"{semester.NameZh}填报",
            nameEn = semester.NameEn,
            period = semester.ToPeriod(),
            moduleKeys = ModulesOf(bundle),
            opensAt = now.AddMinutes(-1),
            deadlines = new { school = now.AddDays(14), county = now.AddDays(24), city = now.AddDays(34), province = now.AddDays(60) },
            graceMinutes = 120,
        };
    }

    /// <summary>
    /// The cycle before, a trial in some places. It opened when its semester ended; who plays it plays it now, so its deadlines are of today.
    /// </summary>
    public static object PlanOfPast(JsonNode bundle, Semester semester)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new
        {
            programmeKey = KeyOf(bundle),
            nameZh = $"{semester.NameZh}试点填报",
            nameEn = $"{semester.NameEn} (pilot)",
            period = semester.ToPeriod(),
            moduleKeys = ModulesOf(bundle),
            opensAt = new DateTimeOffset(semester.End.AddDays(-30), TimeOnly.MinValue, TimeSpan.FromHours(8)),
            deadlines = new { school = now.AddHours(6), county = now.AddHours(12), city = now.AddHours(18), province = now.AddHours(24) },
            graceMinutes = 0,
        };
    }

    private static string KeyOf(JsonNode bundle) => bundle["programme"]!["key"]!.GetValue<string>();

    private static IEnumerable<string> ModulesOf(JsonNode bundle) => bundle["modules"]!.AsArray().Select(m => m!["key"]!.GetValue<string>());

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
