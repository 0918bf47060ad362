using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

/// <summary>Groups of places with very many schools: here every place is one.</summary>
public sealed class GroupShelfTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>, IDisposable
{
    private static readonly IOptions<GroupOptions> EveryPlaceIsLarge = Options.Create(new GroupOptions { LargeFrom = 0 });
    private readonly List<IDisposable> _made = [];

    [Fact]
    public async Task Read_LargePlace_CountsOnceAndKeepsIt_ForOtherProcessesToo()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var (head, dimension) = await HeadAsync(cycle);
        var (rows, behind) = await Shelf().ReadAsync(head, dimension, cycle.Id, CancellationToken.None);
        Assert.Equal((3200m, 4, false), (rows.Whole.Numerator, rows.Whole.Reported, behind));

        // Another process, and a row that says where its numbers come from.
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update counted_groups set rows = jsonb_set(rows, array['whole', 'reported'], '77') where cycle_id = {cycle.Id}"));
        Assert.Equal((77, false), Seen(await Shelf().ReadAsync(head, dimension, cycle.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task Read_MoreHasCome_ShowsWhatWasCountedLast_SaysSo_AndCountsAnewBehind()
    {
        var (cycle, late) = await ReportedAsync(fixture);
        var ((head, dimension), shelf) = (await HeadAsync(cycle), Shelf());
        await shelf.ReadAsync(head, dimension, cycle.Id, CancellationToken.None);
        await cycle.DeliverAsync(cycle.Submitted(late, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(cycle.Submitted(late, "money", TestProgramme.Money(800)));

        var seen = Seen(await shelf.ReadAsync(head, dimension, cycle.Id, CancellationToken.None));
        Assert.Equal((4, true), seen);
        for (var tries = 0; seen.Behind; tries++)
        {
            Assert.True(tries < 3000, "nothing was counted behind the page");
            await Task.Delay(20);
            seen = Seen(await shelf.ReadAsync(head, dimension, cycle.Id, CancellationToken.None));
        }

        Assert.Equal((5, false), seen);
    }

    [Fact]
    public async Task Read_CountedByOtherFormulas_IsNotShown()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var (head, dimension) = await HeadAsync(cycle);
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.Add(new CountedGroups
            {
                CycleId = cycle.Id, Path = head.Place.CyclePath, Indicator = "K27", Dimension = dimension.Key, Number = 0, ProgrammeVersion = "another", CountedAt = TestCycle.Start, Rows = "{}",
            });
            await db.SaveChangesAsync();
        });
        Assert.Equal((4, false), Seen(await Shelf().ReadAsync(head, dimension, cycle.Id, CancellationToken.None)));
        Assert.Equal(cycle.Version, await fixture.Host.InDatabaseAsync(db => db.Set<CountedGroups>().Where(g => g.CycleId == cycle.Id).Select(g => g.ProgrammeVersion).SingleAsync()));
    }

    [Fact]
    public async Task Read_ManyAtOnce_AllSeeIt()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var ((head, dimension), shelf) = (await HeadAsync(cycle), Shelf());
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shelf.ReadAsync(head, dimension, cycle.Id, CancellationToken.None)));
        Assert.All(all, one => Assert.Equal((4, false), Seen(one)));
    }

    /// <summary>Postgres starts no second process for a count that nobody waits for; whoever waits may have all cores, also on the same connection afterwards.</summary>
    [Fact]
    public async Task Count_Behind_StaysOnOneCore_WaitedFor_DoesNot()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var ((head, dimension), counter) = (await HeadAsync(cycle), Counter());
        var allowed = new List<string>();
        var question = GroupQuestion.Of(head, dimension, cycle.Id);
        question = question with
        {
            CountAsync = async (connection, seconds, cancellationToken) =>
            {
                await using (var command = new NpgsqlCommand("show max_parallel_workers_per_gather", connection))
                {
                    allowed.Add((string)(await command.ExecuteScalarAsync(cancellationToken))!);
                }

                return await GroupQuestion.Of(head, dimension, cycle.Id).CountAsync(connection, seconds, cancellationToken);
            },
        };
        await counter.CountBehind(question);
        await counter.CountAsync(question, CancellationToken.None);
        Assert.Equal(2, allowed.Count);
        Assert.Equal("0", allowed[0]);
        Assert.NotEqual("0", allowed[1]);
    }

    public void Dispose() => _made.ForEach(one => one.Dispose());

    private static (int Reported, bool Behind) Seen((GroupRows Rows, bool Behind) read) => (read.Rows.Whole.Reported, read.Behind);

    private GroupShelf Shelf()
    {
        var shelf = new GroupShelf(fixture.Host.Services.GetRequiredService<Database>(), Counter(), EveryPlaceIsLarge);
        _made.Add(shelf);
        return shelf;
    }

    private GroupCounter Counter()
    {
        var services = fixture.Host.Services;
        var counter = new GroupCounter(
            services.GetRequiredService<Database>(), EveryPlaceIsLarge, TimeProvider.System, NullLogger<GroupCounter>.Instance, services.GetRequiredService<IHostApplicationLifetime>());
        _made.Add(counter);
        return counter;
    }

    /// <summary>K27 of the province by who runs the schools.</summary>
    private async Task<(FigureHead Head, Dimension Dimension)> HeadAsync(TestCycle cycle)
    {
        var root = fixture.Province.Root;
        await using var connection = await fixture.Host.Services.GetRequiredService<Database>().System.OpenConnectionAsync();
        var formulas = (await fixture.Host.Services.GetRequiredService<ProgrammeShelf>().FindAsync(connection, TestProgramme.Key, cycle.Version, CancellationToken.None))!;
        var place = new DashboardHead(new(root.Id, root.Code, root.NameZh, root.NameEn, root.LevelRoles, root.Path, null), root.Path, TestCycle.Start, formulas);
        return (new(place, formulas.Programme.Indicators.Single(indicator => indicator.Id == "K27")), Dimension.Of("run-by", formulas.Programme)!);
    }
}
