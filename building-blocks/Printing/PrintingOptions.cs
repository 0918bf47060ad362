using System.ComponentModel.DataAnnotations;

namespace Gengdu.Printing;

/// <summary>How PDF files are made: by a headless Chromium of this machine, which prints our own page.</summary>
public sealed record PrintingOptions
{
    public const string Section = "Printing";

    /// <summary>The browser's program; found under its usual names when empty.</summary>
    public string? Chromium { get; init; }

    /// <summary>Browsers at once. One takes a core and some 200 MB for as long as it prints.</summary>
    [Range(1, 8)]
    public int AtOnce { get; init; } = 1;

    /// <summary>Requests that may wait for their turn; the next one is told to come back.</summary>
    [Range(0, 100)]
    public int Queue { get; init; } = 8;

    /// <summary>Longest wait for the turn.</summary>
    [Range(1, 60)]
    public int WaitSeconds { get; init; } = 20;

    /// <summary>Longest time one document may take; then the browser is ended with all its processes.</summary>
    [Range(1, 120)]
    public int Seconds { get; init; } = 30;

    /// <summary>The browser's own sandbox. Off for root, for whom Chromium has none; containers without user namespaces need it off too.</summary>
    public bool? Sandbox { get; init; }

    /// <summary>Where a Chinese font must lie, else nothing is printed: boxes instead of signs are no document. Empty: not looked at.</summary>
    public IReadOnlyList<string>? FontFolders { get; init; }

    /// <summary>The platform's address for the QR code; the one of Identity:Issuer when empty.</summary>
    public string? PublicAddress { get; init; }
}
