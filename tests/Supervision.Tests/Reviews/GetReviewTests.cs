using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class GetReviewTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_CountyReviewer_SeesTheReviewWithTheActsOpenToThem()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        var response = await client.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", SupervisionFixture.Json);

        Assert.Equal((review.Id, ReviewState.CountyReview, 1, 1L), (response!.Id, response.State, response.Revision, response.Version));
        Assert.Equal(fixture.Province.ChanganPrimary.NameZh, response.Organisation.NameZh);
        Assert.Equal(
            [(ReviewAct.Approve, true), (ReviewAct.Return, true), (ReviewAct.Accept, false), (ReviewAct.Withdraw, false), (ReviewAct.AskUnlock, false), (ReviewAct.Unlock, false), (ReviewAct.RefuseUnlock, false)],
            response.Acts.Select(act => (act.Act, act.Allowed)));
        Assert.All(response.Acts, act => Assert.Equal(act.Allowed, act.Reason is null));
        Assert.Equal([(ReviewAct.Submit, ReviewLevel.School)], response.History.Select(entry => (entry.Act, entry.Level)));
    }

    [Theory]
    [InlineData(Roles.CitySupervisor)]
    [InlineData(Roles.ProvinceOwner)]
    [InlineData(Roles.Reporter)]
    [InlineData(Roles.Approver)]
    public async Task Get_OthersOnTheLine_SeeItWithoutActs(string role)
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(role, role switch
        {
            Roles.CitySupervisor => fixture.Province.Shijiazhuang,
            Roles.ProvinceOwner => fixture.Province.Root,
            _ => fixture.Province.ChanganPrimary,
        });

        var response = await client.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", SupervisionFixture.Json);

        // Whoever signs may still take it back: nobody has opened it.
        Assert.Equal(role == Roles.Approver ? [ReviewAct.Withdraw] : [], response!.Acts.Where(act => act.Allowed).Select(act => act.Act));
        Assert.All(response.Acts.Where(act => !act.Allowed), act => Assert.NotEqual("", act.Reason!.En));
    }

    [Fact]
    public async Task Get_OutsideTheSubtree_Returns404LikeAReviewThatDoesNotExist()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        (string, Organisation)[] strangers =
        [
            (Roles.CountyReviewer, fixture.Province.Zhengding), (Roles.CountyReviewer, fixture.Province.Lianchi), (Roles.CitySupervisor, fixture.Province.Baoding),
            (Roles.CitySupervisor, fixture.Province.Dingzhou), (Roles.Reporter, fixture.Province.ChanganNineYear), (Roles.Approver, fixture.Province.Changan),
        ];
        foreach (var (role, at) in strangers)
        {
            using var client = await fixture.ClientAsync(role, at);
            using var hidden = await client.GetAsync($"/api/supervision/reviews/{review.Id}");
            await SupervisionFixture.RefusedAsync(hidden, 404, "GEN-0006");
            using var missing = await client.GetAsync($"/api/supervision/reviews/{SupervisionFixture.NewId()}");
            await SupervisionFixture.RefusedAsync(missing, 404, "GEN-0006");
        }
    }

    [Fact]
    public async Task Get_AdministratorOfTheSubtree_Returns403()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        using var client = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);

        using var response = await client.GetAsync($"/api/supervision/reviews/{review.Id}");

        await SupervisionFixture.RefusedAsync(response, 403, "GEN-0005");
    }

    [Fact]
    public async Task Get_RightTakenAway_Returns404()
    {
        var review = await fixture.ReviewAsync(await fixture.SubmittedAsync(fixture.Province.ChanganPrimary));
        var person = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var client = fixture.Host.CreateClient(person);
        using var before = await client.GetAsync($"/api/supervision/reviews/{review.Id}");
        Assert.True(before.IsSuccessStatusCode);

        await fixture.Province.RemoveAsync(person);

        using var after = await client.GetAsync($"/api/supervision/reviews/{review.Id}");
        await SupervisionFixture.RefusedAsync(after, 404, "GEN-0006");
    }

    [Fact]
    public async Task Get_WithoutToken_Returns401()
    {
        using var client = fixture.Host.CreateClient();
        using var response = await client.GetAsync($"/api/supervision/reviews/{SupervisionFixture.NewId()}");
        await SupervisionFixture.RefusedAsync(response, 401, "GEN-0004");
    }

    [Fact]
    public async Task Get_OrganisationNotInTheReplicaYet_ShowsTheReviewWithoutName()
    {
        var unknown = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var submitted = await fixture.SubmittedAsync(unknown);
        await fixture.Host.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == unknown.Id).ExecuteDeleteAsync());
        var review = await fixture.ReviewAsync(submitted);
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);

        var response = await client.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", SupervisionFixture.Json);

        Assert.Null(response!.Organisation.NameZh);
        Assert.True(response.Acts[0].Allowed);
    }
}
