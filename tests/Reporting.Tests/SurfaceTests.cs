using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Tests;

public sealed class SurfaceTests(ReportingFixture fixture)
{
    [Fact]
    public async Task OpenApi_IsTheReviewedOne()
    {
        using var client = fixture.Host.CreateClient();
        await Snapshot.VerifyAsync("docs/api/reporting.openapi.json", await Surface.OpenApiAsync(client, "reporting"));
    }

    [Fact]
    public Task Routes_AreTheReviewedOnes() => Snapshot.VerifyAsync("tests/Reporting.Tests/Routes.verified.txt", Surface.Routes(fixture.Host.Services));

    [Fact]
    public Task Model_HasNoChangeWithoutMigration() => fixture.Host.InDatabaseAsync(db =>
    {
        Assert.False(db.Database.HasPendingModelChanges());
        return Task.CompletedTask;
    });
}
