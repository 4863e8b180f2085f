using System.Collections.Generic;
using System.Linq;

namespace OssPayment.Endpoints;

/// <summary>A region, as the vendor's table of regions and endpoints has it.</summary>
internal sealed class KnownRegion
{
    /// <summary>The region of buckets that have no region attribute, which cannot be pay-by-requester.</summary>
    internal const string WithoutAttribute = "rg-china-mainland";

    private const string None = "-";

    private readonly Dictionary<EndpointType, string> _hosts = [];
    private readonly string[] _otherHosts;

    /// <param name="row">A line of <c>regions.tsv</c>.</param>
    internal KnownRegion(string row)
    {
        string[] cells = row.Split('\t');
        Id = cells[0];
        Place = cells[1];
        AddHost(EndpointType.Public, cells[2]);
        AddHost(EndpointType.Internal, cells[3]);
        AddHost(EndpointType.DualStack, cells[4]);
        _otherHosts = cells[5] == None ? [] : cells[5].Split(' ');
        Note = cells[6] == None ? null : cells[6];
    }

    internal string Id { get; }

    internal string Place { get; }

    /// <summary>What a user is to know of the region; null where that is nothing.</summary>
    internal string? Note { get; }

    /// <summary>The types that have an endpoint in this region.</summary>
    internal IEnumerable<EndpointType> Types => _hosts.Keys;

    internal IEnumerable<string> Hosts => _hosts.Values.Concat(_otherHosts);

    /// <summary>The host of the type; null where the region has none.</summary>
    internal string? HostOf(EndpointType type) => _hosts.TryGetValue(type, out string? host) ? host : null;

    private void AddHost(EndpointType type, string host)
    {
        if (host != None)
        {
            _hosts.Add(type, host);
        }
    }
}
