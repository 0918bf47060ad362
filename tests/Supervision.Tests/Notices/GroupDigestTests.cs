using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Groups;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Notices;

/// <summary>Members of reviewer groups hear in the morning what their list holds, all groups in one.</summary>
public sealed class GroupDigestTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Tell_EachMember_WhatWaitsInAllTheirGroups_OnceADay_UntilNothingDoes()
    {
        var (county, other) = (await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county"), await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county"));
        var (first, second, third) = (await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(other));
        var (expert, colleague) = (NewId(), NewId());
        var roster = await fixture.OpenedAsync(first, second, third);
        var submitted = new[] { await fixture.SubmittedAsync(roster, first), await fixture.SubmittedAsync(roster, second), await fixture.SubmittedAsync(roster, third) };
        // Not theirs: another module.
        await fixture.SubmittedAsync(roster, first, "teachers");
        var group = await GroupAsync(county, [expert, colleague]);
        await GroupAsync(other, [expert]);

        await TellAsync();
        await TellAsync();
        var told = Assert.Single(await ToldAsync(expert));
        Assert.Equal(("3", "3", "/review/groups/work", false), (told.Args["count"], told.Args["modules"], told.Link, told.Urgent));
        Assert.Equal("2", Assert.Single(await ToldAsync(colleague)).Args["count"]);
        using (var client = fixture.Host.CreateClient(expert))
        {
            Assert.Equal(3, (await client.GetFromJsonAsync<GroupWorkResponse>("/api/supervision/reviewer-groups/work", Json))!.Total);
            Assert.Contains("group-waiting", await client.GetStringAsync("/api/supervision/notices", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        // The next day less waits, one group has ended, and yesterday's figure is no news.
        await fixture.ApprovedAsync(submitted[0], Roles.CountyReviewer, county);
        using (var giver = await fixture.ClientAsync(Roles.Administrator, county))
        {
            using var ended = await giver.DeleteAsync($"/api/supervision/reviewer-groups/{group}");
            ended.EnsureSuccessStatusCode();
        }

        fixture.GoTo(daysOn: 1, hour: 8);
        await TellAsync();
        var both = await ToldAsync(expert);
        Assert.Equal(("1", true, false), (both[^1].Args["count"], both[0].ReadAt is not null, both[^1].ReadAt is not null));
        Assert.Single(await ToldAsync(colleague));

        await fixture.ApprovedAsync(submitted[2], Roles.CountyReviewer, other);
        fixture.GoTo(daysOn: 1, hour: 8);
        await TellAsync();
        Assert.Equal(2, (await ToldAsync(expert)).Count);
    }

    [Fact]
    public async Task Tell_NothingOfWhatTheySignedOrIsExempt()
    {
        var county = await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county");
        var (own, exempt) = (await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county));
        var expert = NewId();
        var roster = await fixture.OpenedAsync(own, exempt);
        await fixture.Host.Events.DeliverAsync(Submitted(own, roster.CycleId, by: expert) with { ReportId = roster.Entries.Single(e => e.OrganisationId == own.Id).ReportId });
        var gone = await fixture.SubmittedAsync(roster, exempt);
        await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.ReportId == gone.ReportId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ExemptAt, fixture.Host.Clock.GetUtcNow())));
        await GroupAsync(county, [expert]);
        await TellAsync();
        Assert.Empty(await ToldAsync(expert));
    }

    private async Task<Guid> GroupAsync(Organisation county, Guid[] people)
    {
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, county);
        using var created = await client.PostAsJsonAsync("/api/supervision/reviewer-groups", new
        {
            name = "专家组", level = "county", organisationId = county.Id, personIds = people, organisationIds = new[] { county.Id }, moduleKeys = new[] { "curriculum" },
            validTo = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime).AddDays(60),
        });
        created.EnsureSuccessStatusCode();
        return (await created.Content.ReadFromJsonAsync<ReviewerGroupResponse>(Json))!.Id;
    }

    private async Task TellAsync()
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<GroupDigest>().TellAsync(fixture.Host.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
    }

    private Task<List<Notice>> ToldAsync(Guid person) => fixture.Host.InDatabaseAsync(db =>
        db.Notices.AsNoTracking().Where(n => n.PersonId == person && n.Kind == GroupDigest.Kind).OrderBy(n => n.CreatedAt).ToListAsync());
}
