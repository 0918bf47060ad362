namespace Gengdu.Supervision.Notices;

/// <summary>Something that one person is told, with the way to the act. Texts are made where they are read, from kind and args.</summary>
internal sealed class Notice
{
    private Notice()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Who is told; nobody else reads it.</summary>
    public Guid PersonId { get; private init; }

    /// <summary>One of <see cref="NoticeKinds"/>, e.g. "module-returned".</summary>
    public string Kind { get; private init; } = "";

    /// <summary>What it is about, once for ever for this person: a retry or a second replica raises nothing twice.</summary>
    public string Key { get; private init; } = "";

    /// <summary>What the texts are filled with: names of places, modules and cycles, numbers and times, never of people.</summary>
    public IReadOnlyDictionary<string, string> Args { get; private init; } = new Dictionary<string, string>();

    /// <summary>Path in the web app, "/review/…".</summary>
    public string Link { get; private init; } = "";

    /// <summary>Told at once by every channel; otherwise it may wait for the digest.</summary>
    public bool Urgent { get; private init; }

    /// <summary>Which organisation it is about: who loses the sight of it loses the notice.</summary>
    public Guid OrganisationId { get; private init; }

    public string OrganisationPath { get; private init; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? ReadAt { get; private init; }
}
