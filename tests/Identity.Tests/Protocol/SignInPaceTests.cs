using System.Net;
using Gengdu.Identity.Protocol.SignIn;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class SignInPaceTests
{
    private static readonly IPAddress School = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("203.0.113.8");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Enter_AfterFortyFailuresOfAnAddress_GoesOneEveryTwoSeconds()
    {
        var pace = New();
        Fail(pace, School, 40);
        var turns = Enumerable.Range(0, 6).Select(_ => Enter(pace, School)).ToArray();
        Assert.True(turns[0].IsCompletedSuccessfully && await turns[0]);
        Assert.All(turns[1..4], turn => Assert.False(turn.IsCompleted));
        Assert.All(turns[4..], turn => Assert.True(turn.IsCompletedSuccessfully));
        Assert.False(await turns[4]);
        _clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.True(await turns[1]);
        Assert.False(turns[2].IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True(await turns[2] && await turns[3]);
    }

    [Fact]
    public async Task Enter_FromAnotherAddress_IsNotSlowed()
    {
        var pace = New();
        Fail(pace, School, 200);
        Assert.True(Enter(pace, Elsewhere).IsCompletedSuccessfully);
        Assert.True(await Enter(pace, null));
    }

    /// <summary>Slow is not shut: whoever comes when the queue has emptied gets in.</summary>
    [Fact]
    public async Task Enter_WhenTheQueueHasPassed_IsOpenAgain()
    {
        var pace = New();
        Fail(pace, School, 40);
        _ = Enumerable.Range(0, 10).Select(_ => Enter(pace, School)).ToArray();
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True(Enter(pace, School).IsCompletedSuccessfully);
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True(await Enter(pace, School) && await Enter(pace, School));
    }

    [Fact]
    public void Enter_OnePasswordOnManyNamesFromManyAddresses_IsSlowedEverywhere()
    {
        var pace = New();
        for (var i = 0; i < 300; i++)
        {
            pace.Failed(new IPAddress([198, 51, (byte)(i / 256), (byte)i]));
        }

        Assert.True(Enter(pace, School).IsCompletedSuccessfully);
        Assert.False(Enter(pace, Elsewhere).IsCompleted);
    }

    [Fact]
    public void Enter_TheSameHouseByIpv6_IsOneAddress()
    {
        var pace = New();
        for (var i = 1; i <= 40; i++)
        {
            pace.Failed(IPAddress.Parse($"2001:db8:1:2::{i:x}"));
        }

        _ = Enter(pace, IPAddress.Parse("2001:db8:1:2::ffff"));
        Assert.False(Enter(pace, IPAddress.Parse("2001:db8:1:2:aaaa::1")).IsCompleted);
        Assert.True(Enter(pace, IPAddress.Parse("2001:db8:1:3::1")).IsCompletedSuccessfully);
    }

    private SignInPace New() => new(Options.Create(new SignInLimits()), _clock);

    private static void Fail(SignInPace pace, IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            pace.Failed(address);
        }
    }

    private static Task<bool> Enter(SignInPace pace, IPAddress? address) => pace.EnterAsync(address, TestContext.Current.CancellationToken);
}
