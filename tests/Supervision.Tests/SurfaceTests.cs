using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests;

public sealed class SurfaceTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task OpenApi_IsTheReviewedOne()
    {
        using var client = fixture.Host.CreateClient();
        await Snapshot.VerifyAsync("docs/api/supervision.openapi.json", await Surface.OpenApiAsync(client, "supervision"));
    }

    [Fact]
    public Task Routes_AreTheReviewedOnes() => Snapshot.VerifyAsync("tests/Supervision.Tests/Routes.verified.txt", Surface.Routes(fixture.Host.Services));

    [Fact]
    public Task Model_HasNoChangeWithoutMigration() => fixture.Host.InDatabaseAsync(db =>
    {
        Assert.False(db.Database.HasPendingModelChanges());
        return Task.CompletedTask;
    });
}
