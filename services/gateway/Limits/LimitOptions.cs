namespace Gengdu.Gateway.Limits;

/// <summary>How much the gateway lets through. The defaults suit one machine that carries everything.</summary>
internal sealed record LimitOptions
{
    public const string Section = "Gateway:Limits";

    /// <summary>Longest wait for a place; then the answer is "come back", while it can still be given fast.</summary>
    public int QueueMilliseconds { get; init; } = 1000;

    public ClassLimit Intake { get; init; } = new(256, 1024);

    public ClassLimit Review { get; init; } = new(128, 512);

    public ClassLimit Read { get; init; } = new(128, 512);

    public ClassLimit Analytics { get; init; } = new(64, 256);

    /// <summary>One browser session.</summary>
    public BucketLimit Session { get; init; } = new(200, 400);

    /// <summary>One bearer token: another system, which may speak for many people.</summary>
    public BucketLimit Bearer { get; init; } = new(2000, 4000);

    /// <summary>One address without either; a whole school may share it.</summary>
    public BucketLimit Address { get; init; } = new(500, 1000);
}

internal sealed record ClassLimit(int AtOnce, int Queue);

internal sealed record BucketLimit(int PerSecond, int Burst);
