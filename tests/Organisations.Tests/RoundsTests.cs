using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Gengdu.Organisations.Tests;

/// <summary>Work in the background outlives whatever a round of it throws.</summary>
public sealed class RoundsTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _said = [];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(6, 30)]
    [InlineData(60, 30)]
    public void BeatsLeftOut_GrowWithFailures_AndEndAtTheLongestRest(int failures, int leftOut) =>
        Assert.Equal(leftOut, Rounds.BeatsLeftOut(failures, Beat, TimeSpan.FromSeconds(30)));

    [Fact]
    public void BeatsLeftOut_OfSlowWork_AndOfWorkWithoutRest_AreNone()
    {
        Assert.Equal(0, Rounds.BeatsLeftOut(9, TimeSpan.FromHours(1), TimeSpan.FromSeconds(30)));
        Assert.Equal(0, Rounds.BeatsLeftOut(9, Beat, TimeSpan.Zero));
    }

    [Fact]
    public async Task Rounds_ThatThrowAnything_AreLoggedAndComeAgain_UntilTheServiceStops()
    {
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var running = Rounds.RunAsync("probe", Beat, _ => ++rounds switch
        {
            1 => throw new InvalidOperationException("a bug"),
            2 => throw new OperationCanceledException("somebody else's time-out"),
            _ => Task.CompletedTask,
        }, _clock, new Saying(_said), stop.Token, atOnce: true, resting: TimeSpan.Zero);
        for (var i = 0; i < 200 && rounds < 4; i++)
        {
            _clock.Advance(Beat);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.True(rounds >= 4, $"{rounds} rounds");
        Assert.Equal(2, _said.Count(said => said.Contains("probe failed", StringComparison.Ordinal)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task WorkAtTheStart_IsTriedUntilItIsDone()
    {
        var tries = 0;
        var running = Rounds.UntilDoneAsync("probe", _ => ++tries < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask, _clock, new Saying(_said), CancellationToken.None);
        for (var i = 0; i < 200 && !running.IsCompleted; i++)
        {
            _clock.Advance(Beat);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await running;
        Assert.Equal(3, tries);
    }

    private sealed class Saying(List<string> said) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => said.Add(formatter(state, exception));
    }
}
