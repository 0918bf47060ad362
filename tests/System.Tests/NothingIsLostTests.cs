using System.Text.Json.Nodes;
using Gengdu.Province;
using Gengdu.Province.Api;
using Gengdu.Province.Make;
using Gengdu.Province.Play;
using Gengdu.Province.Values;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests;

/// <summary>
/// Kills the publisher and a consumer with SIGKILL at each named point of the way, restarts them, and compares the client's
/// ledger with the platform (invariants I1–I4 and I6 of docs/operations/fault-points.md).
/// </summary>
public sealed class NothingIsLostTests
{
    [Fact]
    public async Task Kill_AtEveryPointOfTheWay_LosesNothingAndCountsNothingTwice()
    {
        var cancel = TestContext.Current.CancellationToken;
        // No other event passes the points: whoever is killed there has a submission in hand.
        await using var system = await GengduSystem.StartAsync(cancel, more: new Dictionary<string, string> { ["Quality__EverySeconds"] = "3600" });
        var played = await PrepareAsync(system, cancel);
        using var approver = await Session.SignInAsync(system.Address, "school-approver", system.Password, cancel);
        using var clerk = await Session.SignInAsync(system.Address, People.Clerk("130100", "approver"), system.Password, cancel);
        using var owner = await Session.SignInAsync(system.Address, People.Owner, system.Password, cancel);
        var before = ReportReachesDashboardTests.Submitted(await ReportReachesDashboardTests.ProvinceAsync(owner, played.Cycle, cancel));
        var ledger = new Ledger();
        Victim[] victims =
        [
            new(system, "reporting", "FP01:1", "FP03:1", "FP04:1", "FP06:1", "FP07:1", "FP08:1", "FP09:1"),
            new(system, "supervision", "FP13:1", "FP14:1", "FP15:1"),
            new(system, "analytics", "FP13:1", "FP14:1", "FP15:1"),
        ];
        await Task.WhenAll(victims.Select(victim => victim.BeginAsync(cancel)));
        while (victims.Any(victim => victim.IsArmed))
        {
            var (id, version, own) = played.Completed[ledger.Receipts.Count];
            await ledger.SubmitAsync(own ? approver : clerk, id, version, () => Task.WhenAll(victims.Select(victim => victim.StartIfDeadAsync(cancel))), cancel);
            await Task.WhenAll(victims.Select(victim => victim.DieAsync(cancel)));
        }

        await ComesToRestAsync(system, cancel);

        // I1, I6: every acknowledged receipt exists, once, with its hash; revisions have no gaps.
        foreach (var (id, receipt) in ledger.Receipts)
        {
            var revisions = (await owner.GetAsync($"/api/reporting/module-reports/{id}/revisions", cancel))["items"]!.AsArray();
            var revision = Assert.Single(revisions)!;
            Assert.Equal(1, revision["revision"]!.GetValue<int>());
            Assert.Equal(receipt["receiptNumber"]!.GetValue<string>(), revision["receiptNumber"]!.GetValue<string>());
            Assert.Equal(receipt["contentHash"]!.GetValue<string>(), revision["contentHash"]!.GetValue<string>());
            // An empty outbox says that the broker has it, not that supervision does.
            await Eventually.BecomesAsync(
                async () => (await owner.GetAsync($"/api/supervision/reviews?moduleReportId={id}", cancel))["items"]!.AsArray().Count, count => count == 1, $"one review of {id}", cancel, seconds: 60);
        }

        // I2, I3: counted exactly once, nothing else counted.
        await Eventually.BecomesAsync(
            async () => ReportReachesDashboardTests.Submitted(await ReportReachesDashboardTests.ProvinceAsync(owner, played.Cycle, cancel)),
            count => count == before + ledger.Receipts.Count, $"the province counts {before + ledger.Receipts.Count} submissions", cancel);
        // I2, to the last digit: every figure of every node is what plain SQL finds in the revisions of reporting.
        await Eventually.BecomesAsync(async () => string.Join('\n', await SqlRecount.DifferencesAsync(system.Database.Name, "services")), differences => differences.Length == 0, "no figure differs from the revisions", cancel);
        await RebuildsThoughKilledAsync(system, owner, played.Cycle, cancel);
        // I4: the same key still gives the same receipt.
        var (firstId, firstVersion, firstOwn) = played.Completed[0];
        var again = await (firstOwn ? approver : clerk).PostAsync($"/api/reporting/module-reports/{firstId}/submission", new { statement = true }, cancel,
            ("If-Match", $"\"v{firstVersion}\""), ("Idempotency-Key", $"ledger-{firstId:N}"));
        Assert.Equal(ledger.Receipts[firstId]["receiptNumber"]!.GetValue<string>(), again["receiptNumber"]!.GetValue<string>());

        await LoopKills.RunAsync(system, firstOwn ? approver : clerk, firstId, cancel);
    }

    /// <summary>A rebuild whose process is killed is done by the next one.</summary>
    private static async Task RebuildsThoughKilledAsync(GengduSystem system, Session owner, Guid cycleId, CancellationToken cancel)
    {
        await using (var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(system.Database.Name)))
        {
            await connection.OpenAsync(cancel);
            await using var tamper = new NpgsqlCommand("""
                update analytics.node_figures set denominator = denominator + 1
                where cycle_id = $1 and indicator = 'K29' and path = (select path from analytics.node_completeness where cycle_id = $1 order by length(path) limit 1)
                """, connection)
            { Parameters = { new() { Value = cycleId } } };
            Assert.Equal(1, await tamper.ExecuteNonQueryAsync(cancel));
        }

        Assert.Single(await SqlRecount.DifferencesAsync(system.Database.Name, "services"));
        var rebuild = (await owner.PostAsync("/api/analytics/rebuilds", new { cycleId }, cancel))["id"]!.GetValue<Guid>();
        await system["analytics"].KillAsync();
        await RestartAsync(system, "analytics", cancel);
        var done = await Eventually.BecomesAsync(
            () => owner.GetAsync($"/api/analytics/rebuilds/{rebuild}", cancel), now => now["state"]!.GetValue<string>() == "finished", "the rebuild is finished", cancel);
        Assert.Equal(1, done["differences"]!.GetValue<int>());
        Assert.Empty(await SqlRecount.DifferencesAsync(system.Database.Name, "services"));
    }

    private static async Task RestartAsync(GengduSystem system, string service, CancellationToken cancel)
    {
        await system.StartAsync(service);
        await system.WaitUntilReadyAsync(cancel, service);
    }

    private static async Task ComesToRestAsync(GengduSystem system, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(system.Database.Name));
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select (select count(*) from identity.outbox_messages) + (select count(*) from reporting.outbox_messages) + (select count(*) from supervision.outbox_messages)
            """, connection);
        await Eventually.BecomesAsync(async () => (long)(await command.ExecuteScalarAsync(cancel))!, count => count == 0, "all outboxes are empty", cancel, seconds: 60);
    }

    private static async Task<(Guid Cycle, List<(Guid Id, long Version, bool Own)> Completed)> PrepareAsync(GengduSystem system, CancellationToken cancel)
    {
        var options = new LoadOptions
        {
            Address = system.Address,
            Schools = 14,
            AdministratorName = GengduSystem.Administrator,
            AdministratorPassword = system.Password,
            Password = system.Password,
            AccountsFile = Path.Combine(Path.GetTempPath(), $"gengdu-ledger-{Environment.ProcessId}.txt"),
            DivisionsFile = RepositoryRoot.Combine("data", "divisions.csv"),
            Signed = 0,
            Parallel = 4,
        };
        var divisions = Division.Read(options.DivisionsFile);
        var schools = Schools.Make(divisions, options.Schools, options.Seed);
        var people = new People(divisions, schools, options.Password);
        var steps = new Steps(interactive: false);
        using (var administrator = await Session.SignInAsync(system.Address, options.AdministratorName, options.AdministratorPassword, cancel))
        {
            var register = new Register(administrator, steps);
            await register.DivisionsAsync(options.DivisionsFile, cancel);
            await register.SchoolsAsync(schools, cancel);
            await register.PeopleAsync(people.All().Where(p => p.UserName is People.Owner or "school-reporter" or "school-approver" || p.UserName.EndsWith("er-130100", StringComparison.Ordinal)), cancel);
        }

        using var owner = await Session.SignInAsync(system.Address, People.Owner, system.Password, cancel);
        var cycle = await OpenCycle.RunAsync(owner, divisions, schools, steps, cancel);
        var completed = new List<(Guid, long, bool)>();
        foreach (var (user, school, own) in new[] { ("school-reporter", people.Showcase, true), (People.Clerk("130100", "reporter"), schools.First(s => s.CityCode == "130100" && s != people.Showcase), false) })
        {
            using var reporter = await Session.SignInAsync(system.Address, user, system.Password, cancel);
            var report = (await reporter.GetAsync($"/api/reporting/reports?cycleId={cycle.Id}&search={school.Code}", cancel))["items"]![0]!;
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
            var values = SchoolValues.For(new Figures(school, today, new(today.Month < 2 ? today.Year - 1 : today.Year, today.Month is >= 9 or < 2 ? 9 : 3, 1)));
            foreach (var module in report["modules"]!.AsArray())
            {
                var id = module!["id"]!.GetValue<Guid>();
                var version = await FillModule.SaveAsync(reporter, id, module["version"]!.GetValue<long>(), values[module["key"]!.GetValue<string>()], null, new Random(1), cancel);
                completed.Add((id, await FillModule.CompleteAsync(reporter, id, version, cancel), own));
            }
        }

        return (cycle.Id, completed);
    }
}
