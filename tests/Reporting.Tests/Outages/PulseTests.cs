using Gengdu.Organisations;
using Gengdu.Reporting.Outages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Outages;

/// <summary>On a host of its own: an outage is everybody's.</summary>
public sealed class PulseTests : IAsyncLifetime
{
    private readonly MovedClockFixture _fixture = new();

    private Pulse Pulse => _fixture.Host.Services.GetRequiredService<Pulse>();

    public async ValueTask InitializeAsync() => await _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Silence_AcrossTheDeadline_KeepsTheWindowOpen_AndTheSubmissionOnTime()
    {
        var desk = await _fixture.DeskAsync(cycle: c => c["deadlines"]!["school"] = _fixture.Now.AddMinutes(30));
        await desk.CompletedAsync();
        Assert.Null(await Pulse.BeatAsync(default));
        _fixture.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Pulse.BeatAsync(default));

        // Away from the 1st to the 90th minute; the deadline with its ten minutes of grace was at the 40th.
        _fixture.Host.Clock.Advance(TimeSpan.FromMinutes(89));
        using var before = await desk.SubmitAsync(await ApproverAsync(desk), (await desk.RowAsync()).Version, "0190aaaa-0000-7000-8000-000000000001");
        await RefusedAsync(before, 409, "RPT-0311");

        var outage = await Pulse.BeatAsync(default);
        Assert.Equal((_fixture.Now.AddMinutes(-89), _fixture.Now, 120), (outage!.StartedAt, outage.EndedAt, outage.GraceMinutes));
        Assert.Null(await Pulse.BeatAsync(default));

        // Two hours after the end of the outage, and no minute more.
        _fixture.Host.Clock.Advance(TimeSpan.FromMinutes(119));
        var client = await ApproverAsync(desk);
        Assert.Equal(outage.EndedAt.AddMinutes(120), (await desk.ReadAsync(client)).GetProperty("submitUntil").GetDateTimeOffset());
        using var taken = await desk.SubmitAsync(client, (await desk.RowAsync()).Version, "0190aaaa-0000-7000-8000-000000000002");
        Assert.True((await BodyAsync(taken, 201)).GetProperty("onTime").GetBoolean());

        using var reader = await _fixture.ClientAsync(Roles.Reporter, desk.School);
        using var listed = await reader.GetAsync("/api/reporting/outages");
        var shown = (await BodyAsync(listed)).GetProperty("items")[0];
        Assert.Equal((120, true), (shown.GetProperty("graceMinutes").GetInt32(), shown.GetProperty("noticed").GetBoolean()));
    }

    [Fact]
    public async Task ShortSilence_IsARestart_AndTwoThatComeBackTogetherNoteItOnce()
    {
        await Pulse.BeatAsync(default);
        _fixture.Host.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Null(await Pulse.BeatAsync(default));
        _fixture.Host.Clock.Advance(TimeSpan.FromMinutes(30));
        var noted = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Pulse.BeatAsync(default)));
        Assert.Single(noted, outage => outage is not null);
        Assert.Equal(1, await _fixture.Host.InDatabaseAsync(db => db.Outages.CountAsync()));
    }

    private Task<HttpClient> ApproverAsync(Desk desk) => _fixture.ClientAsync(Roles.Approver, desk.School);
}
