namespace Gengdu.Printing;

/// <summary>Why there is no document. The service words it: it knows what does not depend on it.</summary>
public enum PrintFault
{
    /// <summary>Too many are asked for; come back in a moment.</summary>
    Busy,

    /// <summary>There is no Chromium on this machine.</summary>
    NoBrowser,

    /// <summary>Without a Chinese font, boxes would be printed instead of signs.</summary>
    NoChineseFont,

    /// <summary>It took too long or failed.</summary>
    Failed,
}
