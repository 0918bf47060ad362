using Gengdu.Reporting.ModuleReports;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>Moves the clock, so it has a service of its own.</summary>
public sealed class SubmissionKeyCleanerTests : IAsyncLifetime
{
    private readonly ReportingHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task EachHour_KeysOlderThanSevenDays_AreForgotten()
    {
        var now = _host.Clock.GetUtcNow();
        await _host.InDatabaseAsync(db =>
        {
            db.AddRange(KeyOf("seven-days-old", now.AddDays(-7)), KeyOf("six-days-old", now.AddDays(-6)));
            return db.SaveChangesAsync();
        });
        for (var i = 0; i < 100 && await CountAsync() == 2; i++)
        {
            // The cleaner may not have reached its timer yet: time goes on in small steps.
            _host.Clock.Advance(TimeSpan.FromMinutes(61));
            await Task.Delay(50);
        }

        Assert.Equal("six-days-old", await _host.InDatabaseAsync(db => db.SubmissionKeys.Select(k => k.Key).SingleAsync()));
    }

    private Task<int> CountAsync() => _host.InDatabaseAsync(db => db.SubmissionKeys.CountAsync());

    private static SubmissionKey KeyOf(string key, DateTimeOffset at) => new()
    {
        PersonId = Guid.CreateVersion7(at),
        Key = key,
        Fingerprint = "f",
        ModuleReportId = Guid.CreateVersion7(at),
        Revision = 1,
        CreatedAt = at,
    };
}
