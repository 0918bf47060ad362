using Gengdu.TestKit;

namespace Gengdu.Identity.Tests;

public sealed class SurfaceTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task OpenApi_IsTheReviewedOne()
    {
        using var client = fixture.Host.CreateClient();
        await Snapshot.VerifyAsync("docs/api/identity.openapi.json", await Surface.OpenApiAsync(client, "identity"));
    }

    [Fact]
    public Task Routes_AreTheReviewedOnes() => Snapshot.VerifyAsync("tests/Identity.Tests/Routes.verified.txt", Surface.Routes(fixture.Host.Services));
}
