namespace Gengdu.System.Tests.Running;

/// <summary>
/// A service that is killed with SIGKILL at each of the named points of the way, one after the other: what it dies of at one
/// is what it finds when it starts with the next.
/// </summary>
internal sealed class Victim(GengduSystem system, string service, params IEnumerable<string> points)
{
    private readonly Queue<string> _left = new(points);
    private string? _armed;

    /// <summary>Whether it will die once more.</summary>
    public bool IsArmed => _armed is not null;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await system[service].KillAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Starts it again with the next point, should it be dead; after the last one, to stay.</summary>
    public async Task StartIfDeadAsync(CancellationToken cancellationToken)
    {
        if (system[service].HasExited)
        {
            await StartAsync(cancellationToken);
        }
    }

    /// <summary>Something that passes every point is on its way.</summary>
    public async Task DieAsync(CancellationToken cancellationToken)
    {
        if (IsArmed)
        {
            await Eventually.BecomesAsync(() => Task.FromResult(system[service].HasExited), dead => dead, $"{service} was killed at {_armed}", cancellationToken, seconds: 60);
            await StartAsync(cancellationToken);
        }
    }

    /// <summary>It may meet a point while it starts, by what was left when it died: then that was its death there.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        while (_left.TryDequeue(out _armed))
        {
            await system.StartAsync(service, _armed);
            if (await system.BecomesReadyAsync(service, cancellationToken))
            {
                return;
            }
        }

        await system.StartAsync(service);
        await system.WaitUntilReadyAsync(cancellationToken, service);
    }
}
