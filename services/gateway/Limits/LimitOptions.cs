namespace Gengdu.Gateway.Limits;

/// <summary>How much the gateway lets through. The defaults suit one machine that carries everything.</summary>
internal sealed record LimitOptions
{
    public const string Section = "Gateway:Limits";

    /// <summary>Requests inside at once, of all classes together.</summary>
    public int Places { get; init; } = 512;

    /// <summary>Longest wait for a place; then the answer is "come back", while it can still be given fast.</summary>
    public int QueueMilliseconds { get; init; } = 1000;

    // A class enters only while fewer than Reach places are taken, so what lies above is kept for the classes before it.
    public ClassLimit Intake { get; init; } = new(512, 1024, 1.0);

    public ClassLimit Review { get; init; } = new(160, 512, 0.8);

    public ClassLimit Read { get; init; } = new(160, 512, 0.65);

    public ClassLimit Analytics { get; init; } = new(64, 256, 0.5);

    public ClassLimit Export { get; init; } = new(8, 32, 0.25);

    /// <summary>One signed-in person, however many browsers they use.</summary>
    public BucketLimit Person { get; init; } = new(200, 400);

    /// <summary>All people of one county together (the area that UserInfo names).</summary>
    public BucketLimit Area { get; init; } = new(500, 1000);

    /// <summary>Requests of one area inside at once.</summary>
    public int AreaAtOnce { get; init; } = 192;

    /// <summary>One bearer token: a phone, or another system.</summary>
    public BucketLimit Bearer { get; init; } = new(1000, 2000);

    /// <summary>All bearer tokens from one address: made-up tokens must not open a bucket each.</summary>
    public BucketLimit BearerAddress { get; init; } = new(2000, 4000);

    /// <summary>One address without either; a whole school may share it.</summary>
    public BucketLimit Address { get; init; } = new(500, 1000);

    /// <summary>What is open to everybody, from one address, signed in or not: enough for a hall of people, too little to try codes with.</summary>
    public BucketLimit Public { get; init; } = new(10, 60);

    /// <summary>Open data, from one address, signed in or not: a hall of people reading, and a program that fetches every file.</summary>
    public BucketLimit OpenData { get; init; } = new(20, 200);

    /// <summary>One key of the data feed: a spreadsheet fetches a page after the other.</summary>
    public BucketLimit FeedKey { get; init; } = new(10, 60);

    /// <summary>All keys of the data feed from one address: made-up keys must not open a bucket each.</summary>
    public BucketLimit FeedAddress { get; init; } = new(50, 200);

    /// <summary>Keys that a service refused, from one address, a minute.</summary>
    public int WrongKeys { get; init; } = 20;

    public ClassLimit Of(TrafficClass traffic) => traffic switch
    {
        TrafficClass.Intake => Intake,
        TrafficClass.Review => Review,
        TrafficClass.Read => Read,
        TrafficClass.Analytics => Analytics,
        _ => Export,
    };
}

internal sealed record ClassLimit(int AtOnce, int Queue, double Reach);

internal sealed record BucketLimit(int PerSecond, int Burst);
