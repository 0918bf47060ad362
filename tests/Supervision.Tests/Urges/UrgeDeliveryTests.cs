using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Tests.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Urges;

public sealed class UrgeDeliveryTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    /// <summary>The words are for who was urged, on the home page: a mail carries none that somebody wrote.</summary>
    [Fact]
    public async Task Notice_LeadsToTheActAndCarriesNoWords()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        await fixture.Province.PersonAsync(Roles.Reporter, school);
        var roster = await fixture.OpenedAsync(school);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await RaiseUrgesTests.UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", words = "王老师请尽快" });

        var notice = await fixture.Host.InDatabaseAsync(db => db.Set<Notice>().SingleAsync(n => n.OrganisationId == school.Id));
        Assert.Equal(("urged", $"/fill/{roster.Entries[0].ReportId}", true), (notice.Kind, notice.Link, notice.Urgent));
        Assert.Equal(("1", school.NameZh, "2026 年秋季"), (notice.Args["count"], notice.Args["organisationZh"], notice.Args["cycleZh"]));
        Assert.DoesNotContain(notice.Args.Values, value => value.Contains("王老师", StringComparison.Ordinal));
    }
}
