using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>The school hears of what its reviewers did, and the reviewer is not told what they did themselves.</summary>
public sealed class ReviewNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Return_IsToldAtOnceToTheSchoolsPeople_WithTheWayToTheModule()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        Guid[] people = [await fixture.Province.PersonAsync(Roles.Reporter, school), await fixture.Province.PersonAsync(Roles.Approver, school)];
        var submitted = await fixture.SubmittedAsync(school);
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var returned = await SupervisionFixture.ReturnAsync(reviewer, await fixture.ReviewAsync(submitted));
        returned.EnsureSuccessStatusCode();
        var notices = await NoticesAsync(school);
        Assert.Equal(people.Order(), notices.Select(n => n.PersonId).Order());
        Assert.All(notices, n => Assert.Equal(("module-returned", $"/fill/{submitted.ReportId}/modules/{submitted.ModuleKey}", true, school.NameZh, "县级"), (n.Kind, n.Link, n.Urgent, n.Args["organisationZh"], n.Args["levelZh"])));
        Assert.All(notices, n => Assert.DoesNotContain(n.Args.Values, value => value.Contains("花名册", StringComparison.Ordinal)));
    }

    /// <summary>The module by its name, in both languages; of a cycle whose names are not known the text does without.</summary>
    [Fact]
    public async Task Return_NamesTheModule()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        await fixture.Province.PersonAsync(Roles.Reporter, school);
        var submitted = await fixture.SubmittedAsync(await fixture.OpenedAsync(school), school);
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var returned = await SupervisionFixture.ReturnAsync(reviewer, await fixture.ReviewAsync(submitted));
        returned.EnsureSuccessStatusCode();
        var args = Assert.Single(await NoticesAsync(school)).Args;
        Assert.Equal(("课程实施", "Curriculum", "2026 年秋季"), (args["moduleZh"], args["moduleEn"], args["cycleZh"]));
    }

    /// <summary>Ten modules of a report passed one by one and in bulk are one notice a day and level.</summary>
    [Fact]
    public async Task Approvals_OfOneReport_AreOneNoticeADay_InBulkToo()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        await fixture.Province.PersonAsync(Roles.Reporter, school);
        var cycle = SupervisionFixture.NewId();
        var first = await fixture.SubmittedAsync(school, cycle);
        await fixture.Host.Events.DeliverAsync(SupervisionFixture.Submitted(school, cycle, moduleKey: "teachers") with { ReportId = first.ReportId });
        await fixture.Host.Events.DeliverAsync(SupervisionFixture.Submitted(school, cycle, moduleKey: "bases") with { ReportId = first.ReportId });
        await fixture.ApprovedAsync(first, Roles.CountyReviewer, fixture.Province.Changan);
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var bulk = await reviewer.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = cycle, step = "county" });
        bulk.EnsureSuccessStatusCode();
        Assert.Equal(("modules-approved", $"/fill/{first.ReportId}", false), (await NoticesAsync(school)).Select(n => (n.Kind, n.Link, n.Urgent)).Single());
    }

    private Task<List<Notice>> NoticesAsync(Organisation school) => fixture.Host.InDatabaseAsync(db => db.Notices.AsNoTracking().Where(n => n.OrganisationId == school.Id).ToListAsync());
}
