using Gengdu.Analytics.Explore;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

public sealed class ViewSenderTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Theory]
    [InlineData("daily")]
    [InlineData("weekly")]
    public async Task Due_IsSentOnce_AndAgainNextTime(string rhythm)
    {
        var (cycle, person) = (await CycleAsync(), await Province.PersonAsync(Roles.CountyReviewer, Province.Changan));
        var view = await SavedAsync(person, cycle, rhythm);
        Assert.True(view.NextAt > fixture.Host.Clock.GetUtcNow());
        await SendAsync();
        Assert.Null((await RowAsync(view.Id)).SentAt);

        await DueAsync(view.Id);
        await SendAsync();
        var told = await fixture.Host.Events.WaitForAsync<SavedViewSent>(e => e.ViewId == view.Id);
        Assert.Equal((person, Province.Changan.Id), (told.OwnerId, told.OrganisationId));
        var row = await RowAsync(view.Id);
        Assert.Equal((fixture.Host.Clock.GetUtcNow(), true), (row.SentAt!.Value, row.NextAt > fixture.Host.Clock.GetUtcNow()));
        Assert.Equal((8, 0), (row.NextAt!.Value.ToOffset(TimeSpan.FromHours(8)).Hour, row.NextAt.Value.Minute));
        Assert.True(rhythm == "daily" || row.NextAt.Value.ToOffset(TimeSpan.FromHours(8)).DayOfWeek == DayOfWeek.Monday);
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "view.sent" && entry.ObjectId == view.Id.ToString());
    }

    /// <summary>Whoever lost the right gets nothing more, and is told that it ended.</summary>
    [Fact]
    public async Task Due_OwnerWhoLostTheRight_GetsNothing_AndItStops()
    {
        var (cycle, person) = (await CycleAsync(), await Province.PersonAsync(Roles.CountyReviewer, Province.Changan));
        var view = await SavedAsync(person, cycle, "daily");
        await Province.RemoveAsync(person);
        await DueAsync(view.Id);
        await SendAsync();
        var stopped = await fixture.Host.Events.WaitForAsync<SavedViewStopped>(e => e.ViewId == view.Id);
        Assert.Equal((person, Province.Changan.Id, "no-right"), (stopped.OwnerId, stopped.OrganisationId, stopped.Reason));
        var row = await RowAsync(view.Id);
        Assert.Equal(("no-right", null, null), (row.Stopped, row.NextAt, row.SentAt));
        await DueAsync(view.Id);
        await SendAsync();
        Assert.Null((await RowAsync(view.Id)).SentAt);
    }

    /// <summary>The place may still be seen, what lies below it no more: that too is a right that was lost, and not a fault of the question.</summary>
    [Fact]
    public async Task Due_OwnerWhoKeepsTheTotalsAlone_GetsNothing_AndIsToldWhy()
    {
        var (cycle, person) = (await CycleAsync(), await Province.PersonAsync((Roles.CountyReviewer, Province.Changan), (Roles.Reporter, Province.Changan)));
        var view = await SavedAsync(person, cycle, "daily");
        await fixture.Host.InDatabaseAsync(db => db.Set<Assignment>().Where(a => a.PersonId == person && a.Role == Roles.CountyReviewer).ExecuteUpdateAsync(set => set.SetProperty(a => a.Removed, true)));
        fixture.Host.Services.GetRequiredService<AccessCache>().Forget();
        await DueAsync(view.Id);
        await SendAsync();
        Assert.Equal("no-right", (await fixture.Host.Events.WaitForAsync<SavedViewStopped>(e => e.ViewId == view.Id)).Reason);
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "view.stopped" && entry.ObjectId == view.Id.ToString());
        Assert.DoesNotContain(fixture.Host.Events.Published<SavedViewSent>(), e => e.ViewId == view.Id);
    }

    /// <summary>Not by its own fault, and still no reason to fail every minute.</summary>
    [Fact]
    public async Task Due_QuestionWithoutAnAnswer_Stops_AndGoesOnWhenSavedAgain()
    {
        var (cycle, person) = (await CycleAsync(), await Province.PersonAsync(Roles.CountyReviewer, Province.Changan));
        var view = await SavedAsync(person, cycle, "daily");
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update saved_views set question = jsonb_set(question, array['indicators'], '\"K99\"') where id = {view.Id}"));
        await DueAsync(view.Id);
        await SendAsync();
        Assert.Equal("no-answer", (await fixture.Host.Events.WaitForAsync<SavedViewStopped>(e => e.ViewId == view.Id)).Reason);

        using var client = fixture.Host.CreateClient(person);
        using var changed = await client.ChangeAsync(view.Id, Request(cycle, Province.Changan, sending: "daily"), view.Version);
        var row = await RowAsync(view.Id);
        Assert.Equal((true, null, true), (changed.IsSuccessStatusCode, row.Stopped, row.NextAt > fixture.Host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task AtClose_IsSentWhenACycleClosesAfterTheOrder()
    {
        var (cycle, person) = (await CycleAsync(), await Province.PersonAsync(Roles.CountyReviewer, Province.Changan));
        var (before, now) = (await CycleAsync(), fixture.Host.Clock.GetUtcNow());
        await before.DeliverAsync(new CycleClosed { CycleId = before.Id, ClosedAt = now.AddDays(-1) });
        var view = await SavedAsync(person, cycle, "at-close");
        await SendAsync();
        Assert.Equal(now, (await RowAsync(view.Id)).SentAt);
        Assert.DoesNotContain(fixture.Host.Events.Published<SavedViewSent>(), e => e.ViewId == view.Id);
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update saved_views set sent_at = {now.AddHours(-2)} where id = {view.Id}"));
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = now.AddHours(-1) });
        await SendAsync();
        Assert.Equal(now, (await fixture.Host.Events.WaitForAsync<SavedViewSent>(e => e.ViewId == view.Id)).SentAt);
    }

    [Fact]
    public async Task Due_OneThatFails_HoldsUpNobodysElse()
    {
        var (cycle, person) = (await CycleAsync(), await Province.PersonAsync(Roles.CountyReviewer, Province.Changan));
        var (broken, fine) = (await SavedAsync(person, cycle, "daily"), await SavedAsync(person, cycle, "daily"));
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update saved_views set question = '[]' where id = {broken.Id}"));
        await DueAsync(broken.Id);
        await DueAsync(fine.Id);
        await SendAsync();
        await fixture.Host.Events.WaitForAsync<SavedViewSent>(e => e.ViewId == fine.Id);
        Assert.Null((await RowAsync(broken.Id)).SentAt);
        await fixture.Host.InDatabaseAsync(db => db.SavedViews.Where(v => v.Id == broken.Id).ExecuteDeleteAsync());
    }

    private async Task<TestCycle> CycleAsync() => (await ReportedAsync(fixture)).Cycle;

    private async Task<SavedViewResponse> SavedAsync(Guid person, TestCycle cycle, string sending)
    {
        using var client = fixture.Host.CreateClient(person);
        return await client.SavedAsync(Request(cycle, Province.Changan, sending: sending));
    }

    private Task SendAsync() => fixture.Host.Services.GetRequiredService<ViewSender>().SendDueAsync(CancellationToken.None);

    private Task<SavedView> RowAsync(Guid id) => fixture.Host.InDatabaseAsync(db => db.SavedViews.AsNoTracking().SingleAsync(view => view.Id == id));

    private Task<int> DueAsync(Guid id)
    {
        var earlier = fixture.Host.Clock.GetUtcNow().AddMinutes(-1);
        return fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update saved_views set next_at = {earlier} where id = {id}"));
    }
}
