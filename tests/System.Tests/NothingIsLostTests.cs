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
    private static readonly (string Service, string Point)[] Kills =
    [
        ("reporting", "FP01:1"), ("reporting", "FP03:1"), ("reporting", "FP04:1"), ("reporting", "FP06:1"), ("reporting", "FP07:1"), ("reporting", "FP08:1"), ("reporting", "FP09:1"),
        ("supervision", "FP13:1"), ("supervision", "FP14:1"), ("supervision", "FP15:1"),
        ("analytics", "FP13:1"), ("analytics", "FP14:1"), ("analytics", "FP15:1"),
    ];

    [Fact]
    public async Task Kill_AtEveryPointOfTheWay_LosesNothingAndCountsNothingTwice()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var system = await GengduSystem.StartAsync(cancel);
        var played = await PrepareAsync(system, cancel);
        using var approver = await Session.SignInAsync(system.Address, "school-approver", system.Password, cancel);
        using var clerk = await Session.SignInAsync(system.Address, People.Clerk("130100", "approver"), system.Password, cancel);
        using var owner = await Session.SignInAsync(system.Address, People.Owner, system.Password, cancel);
        var before = ReportReachesDashboardTests.Submitted(await ReportReachesDashboardTests.ProvinceAsync(owner, played.Cycle, cancel));
        var ledger = new Ledger();
        for (var i = 0; i < Kills.Length; i++)
        {
            var (service, point) = Kills[i];
            await system[service].KillAsync();
            await system.StartAsync(service, point);
            // A consumer may meet its point while it starts, by what the last round left in its queue.
            var waits = await system.BecomesReadyAsync(service, cancel);
            if (!waits)
            {
                await RestartAsync(system, service, cancel);
            }

            var (id, version, own) = played.Completed[i];
            await ledger.SubmitAsync(own ? approver : clerk, id, version, async () =>
            {
                if (system[service].HasExited)
                {
                    await RestartAsync(system, service, cancel);
                    waits = false;
                }
            }, cancel);
            if (waits)
            {
                await Eventually.BecomesAsync(() => Task.FromResult(system[service].HasExited), dead => dead, $"{service} was killed at {point}", cancel, seconds: 60);
                await RestartAsync(system, service, cancel);
            }
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
            Assert.Single((await owner.GetAsync($"/api/supervision/reviews?moduleReportId={id}", cancel))["items"]!.AsArray());
        }

        // I2, I3: counted exactly once, nothing else counted.
        await Eventually.BecomesAsync(
            async () => ReportReachesDashboardTests.Submitted(await ReportReachesDashboardTests.ProvinceAsync(owner, played.Cycle, cancel)),
            count => count == before + Kills.Length, $"the province counts {before + Kills.Length} submissions", cancel);
        // I4: the same key still gives the same receipt.
        var (firstId, firstVersion, firstOwn) = played.Completed[0];
        var again = await (firstOwn ? approver : clerk).PostAsync($"/api/reporting/module-reports/{firstId}/submission", new { statement = true }, cancel,
            ("If-Match", $"\"v{firstVersion}\""), ("Idempotency-Key", $"ledger-{firstId:N}"));
        Assert.Equal(ledger.Receipts[firstId]["receiptNumber"]!.GetValue<string>(), again["receiptNumber"]!.GetValue<string>());
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
