using System.Net;
using Gengdu.Organisations;
using Gengdu.Supervision.Samples;

namespace Gengdu.Supervision.Tests.Samples;

public sealed class GetSampleTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_CountyItWasDrawnFrom_SeesIt_AndWhyItMayNotAct()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 3);
        var sample = await world.DrawnAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, world.County);

        using var response = await county.GetAsync($"/api/supervision/samples/{sample.Id}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = await SampleWorld.ReadAsync<SampleResponse>(response);
        Assert.Equal(sample.Drawn.Select(d => d.ReportId), seen.Drawn.Select(d => d.ReportId));
        Assert.All(seen.Acts, act => Assert.False(act.Allowed || string.IsNullOrEmpty(act.Reason?.Zh)));
    }

    [Theory]
    [InlineData(Roles.CountyReviewer, "other", 404, "GEN-0006")]
    [InlineData(Roles.CitySupervisor, "baoding", 404, "GEN-0006")]
    [InlineData(Roles.Administrator, "county", 403, "GEN-0005")]
    public async Task Get_FromElsewhereOrWithoutAReviewingRole_IsRefused(string role, string place, int status, string code)
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var sample = await world.AnnouncedAsync();
        using var client = await fixture.ClientAsync(role, place switch { "other" => fixture.Province.Lianchi, "baoding" => fixture.Province.Baoding, _ => world.County });

        foreach (var path in new[] { "", "/proof" })
        {
            using var refused = await client.GetAsync($"/api/supervision/samples/{sample.Id}{path}");
            await SupervisionFixture.RefusedAsync(refused, status, code);
        }
    }
}
