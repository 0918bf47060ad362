using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Tests.Reviews;

/// <summary>The words of a return may repeat a personal value: above the own county they are masked as the cell is.</summary>
public sealed class ReviewWordsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private const string Words = "电话 13800001111 少一位";

    [Theory]
    [InlineData(Roles.Reporter, false)]
    [InlineData(Roles.Approver, false)]
    [InlineData(Roles.CountyReviewer, false)]
    [InlineData(Roles.CitySupervisor, true)]
    [InlineData(Roles.ProvinceOwner, true)]
    public async Task Get_WordsAtAPersonalCell_AreForTheOwnCounty(string role, bool masked)
    {
        var review = await ReturnedAsync(["principal_phone", "titles/name"]);
        using var client = await fixture.ClientAsync(role, role switch
        {
            Roles.CountyReviewer => fixture.Province.Changan,
            Roles.CitySupervisor => fixture.Province.Shijiazhuang,
            Roles.ProvinceOwner => fixture.Province.Root,
            _ => fixture.Province.ChanganPrimary,
        });
        var one = await client.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", SupervisionFixture.Json);
        var listed = await client.GetFromJsonAsync<Page<ReviewResponse>>($"/api/supervision/reviews?moduleReportId={review.ModuleReportId}", SupervisionFixture.Json);
        foreach (var shown in new[] { one!, Assert.Single(listed!.Items) })
        {
            var reasons = shown.History.Single(entry => entry.Act == ReviewAct.Return).Reasons;
            // A cell, a row and a table with personal columns; a column beside them, another field and the whole module.
            Assert.Equal(["principal_phone", "titles/r1/name", "titles/r1", "titles", "titles/r1/level", "classes/g1", null], reasons.Select(reason => reason.At));
            Assert.All(reasons.Take(4), reason => Assert.Equal(masked ? "•••" : Words, reason.Text));
            Assert.All(reasons.Skip(4), reason => Assert.Equal(Words, reason.Text));
        }
    }

    /// <summary>A submission of before this was told does not say which cells are personal.</summary>
    [Fact]
    public async Task Get_WhereNobodyToldWhichCells_AnyCellMayBeOne()
    {
        var review = await ReturnedAsync(null);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        var shown = await city.GetFromJsonAsync<ReviewResponse>($"/api/supervision/reviews/{review.Id}", SupervisionFixture.Json);
        var reasons = shown!.History.Single(entry => entry.Act == ReviewAct.Return).Reasons;
        Assert.All(reasons, reason => Assert.Equal(reason.At is null ? Words : "•••", reason.Text));
    }

    private async Task<Review> ReturnedAsync(string[]? personal)
    {
        var submitted = SupervisionFixture.Submitted(fixture.Province.ChanganPrimary) with { PersonalCells = personal };
        await fixture.Host.Events.DeliverAsync(submitted);
        var review = await fixture.ReviewAsync(submitted);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        string?[] cells = ["principal_phone", "titles/r1/name", "titles/r1", "titles", "titles/r1/level", "classes/g1", null];
        using var returned = await county.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/return", new { revision = 1, reasons = cells.Select(at => new { at, code = "wrong-value", text = Words }) });
        returned.EnsureSuccessStatusCode();
        return review;
    }
}
