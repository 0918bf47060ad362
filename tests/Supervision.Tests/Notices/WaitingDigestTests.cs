using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Tests.Notices;

/// <summary>What waits is told once on the morning of each working day, to whoever holds it.</summary>
public sealed class WaitingDigestTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Theory]
    [InlineData("2026-11-23T05:59:00+08:00", false)]
    [InlineData("2026-11-23T06:00:00+08:00", true)]
    [InlineData("2026-11-23T11:59:00+08:00", true)]
    [InlineData("2026-11-23T12:00:00+08:00", false)]
    [InlineData("2026-11-22T08:00:00+08:00", false)]
    [InlineData("2026-10-01T08:00:00+08:00", false)]
    public void Due_OnTheMorningOfAWorkingDay(string now, bool due)
    {
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(due, Digest(new()).IsDue(at));
        Assert.False(Digest(new() { FromHour = -1 }).IsDue(at));
    }

    [Fact]
    public async Task Tell_WhoHoldsIt_HowMuchSinceWhen_OnceADay()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var (reviewer, watcher) = (await fixture.Province.PersonAsync(Roles.CountyReviewer, county), await fixture.Province.PersonAsync(Roles.CitySupervisor, fixture.Province.Baoding));
        var (first, second) = (await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county));
        var roster = await fixture.OpenedAsync(first, second);
        await fixture.SubmittedAsync(roster, first);
        await fixture.SubmittedAsync(roster, first, "teachers");
        await fixture.SubmittedAsync(roster, second);

        await TellAsync();
        await TellAsync();
        var told = Assert.Single(await ToldAsync(reviewer));
        Assert.Equal(("2", "3", "待县级审核", county.NameZh), (told.Args["count"], told.Args["modules"], told.Args["stateZh"], told.Args["organisationZh"]));
        Assert.Equal(($"/review?cycle={roster.CycleId}&step=county", false), (told.Link, told.Urgent));
        Assert.False(told.Args.ContainsKey("late"));
        Assert.Empty(await ToldAsync(watcher));

        // A week later all of it waits too long; yesterday's figure is no news any more.
        fixture.GoTo(daysOn: 7, hour: 8);
        await TellAsync();
        var both = await ToldAsync(reviewer);
        Assert.Equal(2, both.Count);
        Assert.NotNull(both[0].ReadAt);
        Assert.Equal(("2", "3", null), (both[1].Args["late"], both[1].Args["days"], both[1].ReadAt));
    }

    [Fact]
    public async Task Tell_TheSchoolOfWhatCameBack_AndNobodyOfWhatIsDone()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var school = await fixture.Province.SchoolAsync(county);
        var (reviewer, reporter) = (await fixture.Province.PersonAsync(Roles.CountyReviewer, county), await fixture.Province.PersonAsync(Roles.Reporter, school));
        var roster = await fixture.OpenedAsync(school);
        var submitted = await fixture.SubmittedAsync(roster, school);
        using (var client = fixture.Host.CreateClient(reviewer))
        {
            using var returned = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));
            returned.EnsureSuccessStatusCode();
        }

        await TellAsync();
        Assert.Equal($"/fill/{submitted.ReportId}", Assert.Single(await ToldAsync(reporter)).Link);
        Assert.Empty(await ToldAsync(reviewer));
    }

    [Fact]
    public async Task Tell_OfAClosedCycle_TheReviewerAlone()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var (back, waits) = (await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county));
        var (reviewer, reporter) = (await fixture.Province.PersonAsync(Roles.CountyReviewer, county), await fixture.Province.PersonAsync(Roles.Reporter, back));
        var roster = await fixture.OpenedAsync(back, waits);
        var submitted = await fixture.SubmittedAsync(roster, back);
        await fixture.SubmittedAsync(roster, waits);
        using (var client = fixture.Host.CreateClient(reviewer))
        {
            using var returned = await SupervisionFixture.ReturnAsync(client, await fixture.ReviewAsync(submitted));
            returned.EnsureSuccessStatusCode();
        }

        await fixture.Host.Events.DeliverAsync(new CycleClosed { CycleId = roster.CycleId, ClosedAt = fixture.Host.Clock.GetUtcNow() });
        await TellAsync();
        Assert.Empty(await ToldAsync(reporter));
        Assert.Equal("1", Assert.Single(await ToldAsync(reviewer)).Args["count"]);
    }

    /// <summary>Two replicas in the same minute.</summary>
    [Fact]
    public async Task Tell_ByTwoAtOnce_IsOneNotice()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var school = await fixture.Province.SchoolAsync(county);
        var reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, county);
        await fixture.SubmittedAsync(await fixture.OpenedAsync(school), school);
        await Task.WhenAll(TellAsync(), TellAsync());
        Assert.Single(await ToldAsync(reviewer));
    }

    private static WaitingDigest Digest(MorningOptions options) => new(null!, Options.Create(options), Options.Create(new LadderOptions()));

    private async Task<int> TellAsync()
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WaitingDigest>().TellAsync(fixture.Host.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    }

    private Task<List<Notice>> ToldAsync(Guid person) => fixture.Host.InDatabaseAsync(db =>
        db.Notices.AsNoTracking().Where(n => n.PersonId == person && n.Kind == WaitingDigest.Kind).OrderBy(n => n.CreatedAt).ToListAsync());
}
