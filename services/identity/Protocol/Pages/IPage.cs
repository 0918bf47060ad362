namespace Gengdu.Identity.Protocol.Pages;

/// <summary>One page of ours: a title and the content of its only column, already encoded.</summary>
internal interface IPage
{
    string Language { get; }

    string Title { get; }

    string Body { get; }

    /// <summary>More than one form: the column may be wider.</summary>
    bool IsWide => false;
}
