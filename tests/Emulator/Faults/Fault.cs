using System;
using System.IO.Enumeration;
using OssPayment.Emulator.Hosting;
using OssPayment.Emulator.State;

namespace OssPayment.Emulator.Faults;

/// <summary>An action, and the requests that it happens to. What is not given matches everything.</summary>
public sealed class Fault
{
    private readonly int _every = 1;
    private Random? _random;

    /// <summary>A bucket's name, or a pattern of names with <c>*</c> and <c>?</c>.</summary>
    public string? Bucket { get; init; }

    /// <summary>A method. A CONNECT to the proxy is met only by faults that name that method.</summary>
    public string? Method { get; init; }

    /// <summary>An operation, as the vendor names it.</summary>
    public string? Operation { get; init; }

    /// <summary>The host of the request, without a port; <c>*</c> and <c>?</c> as for buckets.</summary>
    public string? Host { get; init; }

    /// <summary>How many matching requests pass first.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it happens to; 0: no limit.</summary>
    public int Times { get; init; }

    /// <summary>It happens to every n-th of the matching requests.</summary>
    public int Every
    {
        get => _every;
        init => _every = value > 0 ? value : throw new ArgumentException("'every' begins at 1.");
    }

    /// <summary>How likely it is to happen, from 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>What <see cref="Probability"/> draws from, so that runs can be repeated.</summary>
    public int Seed { get; init; }

    /// <summary>The operation takes effect first, so that it is only the answer that is lost.</summary>
    public bool AfterApply { get; init; }

    public required FaultAction Action { get; init; }

    /// <summary>How many matching requests there were.</summary>
    public int Matched { get; private set; }

    /// <summary>How many requests it happened to.</summary>
    public int Played { get; private set; }

    /// <summary>Whether it happens to this request. The list of faults asks about one request at a time.</summary>
    internal bool Take(RecordedRequest request)
    {
        if (!Matches(request))
        {
            return false;
        }

        Matched++;
        bool plays = Matched > Skip
            && (Times == 0 || Played < Times)
            && (Matched - Skip) % Every == 0
            && (_random ??= new Random(Seed)).NextDouble() < Probability;
        Played += plays ? 1 : 0;
        return plays;
    }

    private bool Matches(RecordedRequest request) =>
        (Method is null ? request.Method != "CONNECT" : Method == request.Method)
        && (Operation is null || Operation == request.Operation)
        && (Bucket is null || MatchesPattern(Bucket, request.Bucket))
        && (Host is null || MatchesPattern(Host, HostMeaning.WithoutPort(request.Host)));

    private static bool MatchesPattern(string pattern, string? text) =>
        text is not null && FileSystemName.MatchesSimpleExpression(pattern, text);
}
