using System.Collections.Generic;
using System.Linq;

namespace OssPayment;

/// <summary>The limits that a user named; those that are null keep their present value.</summary>
internal sealed class QoSChanges
{
    internal int? TotalUploadBandwidth { get; init; }

    internal int? IntranetUploadBandwidth { get; init; }

    internal int? ExtranetUploadBandwidth { get; init; }

    internal int? TotalDownloadBandwidth { get; init; }

    internal int? IntranetDownloadBandwidth { get; init; }

    internal int? ExtranetDownloadBandwidth { get; init; }

    internal int? TotalQps { get; init; }

    internal int? IntranetQps { get; init; }

    internal int? ExtranetQps { get; init; }

    /// <summary>Whether no limit was named.</summary>
    internal bool IsEmpty =>
        (TotalUploadBandwidth ?? IntranetUploadBandwidth ?? ExtranetUploadBandwidth
            ?? TotalDownloadBandwidth ?? IntranetDownloadBandwidth ?? ExtranetDownloadBandwidth
            ?? TotalQps ?? IntranetQps ?? ExtranetQps) is null;

    internal QoSConfiguration AppliedTo(QoSConfiguration present) => new()
    {
        TotalUploadBandwidth = TotalUploadBandwidth ?? present.TotalUploadBandwidth,
        IntranetUploadBandwidth = IntranetUploadBandwidth ?? present.IntranetUploadBandwidth,
        ExtranetUploadBandwidth = ExtranetUploadBandwidth ?? present.ExtranetUploadBandwidth,
        TotalDownloadBandwidth = TotalDownloadBandwidth ?? present.TotalDownloadBandwidth,
        IntranetDownloadBandwidth = IntranetDownloadBandwidth ?? present.IntranetDownloadBandwidth,
        ExtranetDownloadBandwidth = ExtranetDownloadBandwidth ?? present.ExtranetDownloadBandwidth,
        TotalQps = TotalQps ?? present.TotalQps,
        IntranetQps = IntranetQps ?? present.IntranetQps,
        ExtranetQps = ExtranetQps ?? present.ExtranetQps,
    };

    /// <summary>What would change, before and after, as ShouldProcess shows it.</summary>
    internal string Describe(QoSConfiguration present, bool withQps)
    {
        IEnumerable<string> changes = present.Limits(withQps)
            .Zip(AppliedTo(present).Limits(withQps), (before, after) => (before.Name, Before: before.Value, After: after.Value))
            .Where(limit => limit.Before != limit.After)
            .Select(limit => $"{limit.Name} from {Shown(limit.Before)} to {Shown(limit.After)}");
        string shown = string.Join(", ", changes);
        return shown.Length > 0 ? $"set {shown}" : "set the limits as they are";
    }

    private static string Shown(int limit) => limit switch
    {
        -1 => "unlimited",
        0 => "forbidden",
        _ => $"{limit}",
    };
}
