namespace Gengdu.Gateway.Limits;

/// <summary>Places at once per class. The defaults fit one small machine; a bigger one raises them.</summary>
internal sealed record LoadLimitOptions
{
    public const string Section = "Gateway:Limits";

    public int Write { get; init; } = 64;

    public int Review { get; init; } = 32;

    public int Read { get; init; } = 48;

    public int Figures { get; init; } = 16;

    public int SignIn { get; init; } = 32;

    /// <summary>Requests that may wait, as a multiple of the places: about a second's worth.</summary>
    public int QueueFactor { get; init; } = 8;

    /// <summary>Requests a second one person may keep up.</summary>
    public int CallerPerSecond { get; init; } = 1000;

    public int CallerBurst { get; init; } = 2000;

    public int Places(LoadClass load) => load switch
    {
        LoadClass.Write => Write,
        LoadClass.Review => Review,
        LoadClass.Read => Read,
        LoadClass.Figures => Figures,
        _ => SignIn,
    };
}
