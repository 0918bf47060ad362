using System.Net.Http.Json;
using Gengdu.Analytics.Explore;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

public sealed class SaveViewTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Post_KeepsTheQuestion_AndNoFigure()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, fixture.Province.Changan);
        var request = Request(cycle, fixture.Province.Changan, name: "  我的视图 ");
        var saved = await client.SavedAsync(request);
        Assert.Equal(("我的视图", request.Question, true, false, null, 1L), (saved.Name, saved.Question, saved.Own, saved.Shared, saved.Sending, saved.Version));
        var row = await fixture.Host.InDatabaseAsync(db => db.SavedViews.SingleAsync(view => view.Id == saved.Id));
        Assert.DoesNotContain("3200", row.Question, StringComparison.Ordinal);
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "view.saved" && entry.ObjectId == saved.Id.ToString());
    }

    [Fact]
    public async Task Post_OfAPlaceOutOfSight_OrOfNoAnswer_IsRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var county = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        await county.PostAsJsonAsync(Kept, Request(cycle, p.Zhengding)).RefusedAsync(404, "GEN-0006");
        await county.PostAsJsonAsync(Kept, Request(cycle, p.Changan, name: " ")).RefusedAsync(422, "GEN-0011");
        await county.PostAsJsonAsync(Kept, Request(cycle, p.Changan, name: new string('x', 81))).RefusedAsync(422, "GEN-0011");
        await county.PostAsJsonAsync(Kept, Request(cycle, p.Changan, sending: "hourly")).RefusedAsync(422, "GEN-0011");
        await county.PostAsJsonAsync(Kept, Request(cycle, p.Changan) with { Question = new(p.Changan.Id, "newest", "K27", "colour", null, null) }).RefusedAsync(422, "ANA-0030");
        using var department = await PersonAsync(fixture, Roles.Reporter, p.Changan);
        await department.PostAsJsonAsync(Kept, Request(cycle, p.Changan)).RefusedAsync(403, "GEN-0005");
        using var nobody = fixture.Host.CreateClient(await p.PersonAsync());
        await nobody.PostAsJsonAsync(Kept, Request(cycle, p.Changan)).RefusedAsync(404, "GEN-0006");
    }

    [Fact]
    public async Task Post_MoreThanAnybodyFindsAgain_IsRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var person = await p.PersonAsync(Roles.CountyReviewer, p.Changan);
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, SaveView.MostOfOne).Select(i => new SavedView
            {
                Id = AnalyticsFixture.NewId(), OwnerId = person, OrganisationId = p.Changan.Id, CreatedAt = TestCycle.Start, Name = $"{i}", Question = "{}",
            }));
            await db.SaveChangesAsync();
        });
        using var client = fixture.Host.CreateClient(person);
        await client.PostAsJsonAsync(Kept, Request(cycle, p.Changan)).RefusedAsync(409, "ANA-0035");
    }
}
