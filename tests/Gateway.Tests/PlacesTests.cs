using Gengdu.Gateway.Limits;

namespace Gengdu.Gateway.Tests;

public sealed class PlacesTests
{
    private static readonly LimitOptions Small = new()
    {
        Places = 20, QueueMilliseconds = 10_000, Intake = new(20, 5, 1.0), Review = new(20, 5, 0.8), Read = new(20, 5, 0.6), Analytics = new(20, 5, 0.4), Export = new(20, 5, 0.2),
    };

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var lower in Enum.GetValues<TrafficClass>())
        {
            foreach (var higher in Enum.GetValues<TrafficClass>().Where(c => c < lower))
            {
                pairs.Add(lower.ToString(), higher.ToString());
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Enter_LowerClassHasTakenAllItCan_TheHigherOneStillEntersAtOnce(string lower, string higher)
    {
        var places = new Places(Small, TimeProvider.System);
        await FillAsync(places, Enum.Parse<TrafficClass>(lower));
        var entered = places.EnterAsync(Enum.Parse<TrafficClass>(higher), default);
        Assert.True(entered.IsCompleted && await entered);
    }

    [Fact]
    public async Task Enter_SomebodyHigherWaits_TheLowerOneIsRefusedAtOnce()
    {
        var places = new Places(Small, TimeProvider.System);
        await FillAsync(places, TrafficClass.Intake);
        var waiting = places.EnterAsync(TrafficClass.Intake, default);
        var refused = places.EnterAsync(TrafficClass.Read, default);
        Assert.True(refused.IsCompleted && !await refused);
        places.Leave(TrafficClass.Intake);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Leave_SeveralWait_TheHighestClassIsNext()
    {
        var places = new Places(Small with { Places = 1 }, TimeProvider.System);
        Assert.True(await places.EnterAsync(TrafficClass.Export, default));
        var export = places.EnterAsync(TrafficClass.Export, default).AsTask();
        var analytics = places.EnterAsync(TrafficClass.Analytics, default).AsTask();
        var intake = places.EnterAsync(TrafficClass.Intake, default).AsTask();
        places.Leave(TrafficClass.Export);
        Assert.True(await intake);
        Assert.False(analytics.IsCompleted || export.IsCompleted);
        places.Leave(TrafficClass.Intake);
        Assert.True(await analytics);
        places.Leave(TrafficClass.Analytics);
        Assert.True(await export);
    }

    [Fact]
    public async Task Enter_QueueFull_IsRefusedAtOnce()
    {
        var places = new Places(Small, TimeProvider.System);
        await FillAsync(places, TrafficClass.Read);
        var waiting = Enumerable.Range(0, 5).Select(_ => places.EnterAsync(TrafficClass.Read, default).AsTask()).ToArray();
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));
        var refused = places.EnterAsync(TrafficClass.Read, default);
        Assert.True(refused.IsCompleted && !await refused);
        foreach (var _ in waiting)
        {
            places.Leave(TrafficClass.Read);
        }

        Assert.All(await Task.WhenAll(waiting), Assert.True);
    }

    [Fact]
    public async Task Enter_TheOldestHasWaitedHalfThePatience_NewcomersAreRefusedAtOnce()
    {
        var places = new Places(Small with { QueueMilliseconds = 400 }, TimeProvider.System);
        await FillAsync(places, TrafficClass.Read);
        var waiting = places.EnterAsync(TrafficClass.Read, default).AsTask();
        await Task.Delay(250);
        var hopeless = places.EnterAsync(TrafficClass.Read, default);
        Assert.True(hopeless.IsCompleted && !await hopeless);
        Assert.False(await waiting);
    }

    [Fact]
    public async Task Enter_CallerLeaves_ThePlaceGoesToTheNext()
    {
        var places = new Places(Small, TimeProvider.System);
        await FillAsync(places, TrafficClass.Intake);
        using var gone = new CancellationTokenSource();
        var left = places.EnterAsync(TrafficClass.Intake, gone.Token).AsTask();
        var next = places.EnterAsync(TrafficClass.Intake, default).AsTask();
        await gone.CancelAsync();
        Assert.False(await left);
        places.Leave(TrafficClass.Intake);
        Assert.True(await next);
    }

    [Fact]
    public async Task EnterAndLeave_ManyAtOnce_KeepToTheNumberAndLoseNoPlace()
    {
        var places = new Places(Small with { QueueMilliseconds = 20 }, TimeProvider.System);
        var (inside, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async worker =>
        {
            for (var i = 0; i < 200; i++)
            {
                var traffic = (TrafficClass)((worker + i) % 5);
                if (await places.EnterAsync(traffic, default))
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref inside));
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                    places.Leave(traffic);
                }
            }
        }));
        Assert.InRange(most, 1, 20);
        Assert.Equal(20, await FillAsync(places, TrafficClass.Intake));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = Volatile.Read(ref most))
        {
        }
    }

    private static async Task<int> FillAsync(Places places, TrafficClass traffic)
    {
        var taken = 0;
        for (ValueTask<bool> entered; (entered = places.EnterAsync(traffic, new CancellationToken(canceled: true))).IsCompleted && await entered; taken++)
        {
        }

        return taken;
    }
}
