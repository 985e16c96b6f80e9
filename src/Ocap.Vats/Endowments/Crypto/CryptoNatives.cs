using System.Text;
using Jint;
using Jint.Native;
using Ocap.Vats.Endowments.Random;

namespace Ocap.Vats.Endowments.Crypto;

/// <summary>What <c>crypto.js</c> is built on: primitives over bytes, none of which may run for long unasked.</summary>
internal static class CryptoNatives
{
    internal static void AddTo(NativeTable table)
    {
        table.Add("fill", view =>
        {
            VatRandom.Fill(table.Bytes(view));
            return view;
        });
        table.Add("toBase64Url", view => Convert.ToBase64String(table.Bytes(view)).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        table.Add("fromBase64Url", text => View(FromBase64Url(text.ToString())));
        table.Add("utf8Encode", text => table.View(Encoding.UTF8.GetBytes(text.ToString())));
        table.Add("utf8Decode", view => Encoding.UTF8.GetString(table.Bytes(view)));
        table.Add("digest", (hash, data) => View(Digests.Digest(hash.ToString(), table.Bytes(data))));
        table.Add("hmac", (hash, key, data) => View(Digests.Hmac(hash.ToString(), table.Bytes(key), table.Bytes(data))));
        table.AddAll("hkdf", a => View(Digests.Hkdf(a[0].ToString(), table.Bytes(a[1]), table.Bytes(a[2]), table.Bytes(a[3]), Integer(a[4]))));
        table.AddAll("pbkdf2", a =>
            View(Digests.Pbkdf2(a[0].ToString(), table.Bytes(a[1]), table.Bytes(a[2]), Integer(a[3]), Integer(a[4]), table.Engine.Constraints.Check)));
        table.AddAll("aesGcm", a => View(Aes.Gcm(IsTrue(a[0]), table.Bytes(a[1]), table.Bytes(a[2]), table.Bytes(a[3]), Integer(a[4]), table.Bytes(a[5]))));
        table.AddAll("aesCbc", a => View(Aes.Cbc(IsTrue(a[0]), table.Bytes(a[1]), table.Bytes(a[2]), table.Bytes(a[3]))));
        table.AddAll("aesCtr", a => View(Aes.Ctr(table.Bytes(a[0]), table.Bytes(a[1]), Integer(a[2]), table.Bytes(a[3]))));
        table.Add("ed25519Public", seed => View(Curve25519.SigningPublic(Copy(seed))));
        table.Add("ed25519Sign", (seed, data) => View(Curve25519.Sign(Copy(seed), Copy(data))));
        table.Add("ed25519Verify", (point, signature, data) => Curve25519.Verify(Copy(point), Copy(signature), Copy(data)));
        table.Add("x25519Public", secret => View(Curve25519.AgreementPublic(Copy(secret))));
        table.Add("x25519Agree", (secret, point) => View(Curve25519.Agree(Copy(secret), Copy(point))));
        table.Add("ecIsSecret", (curve, secret) => Curve(curve).IsSecret(table.Bytes(secret)));
        table.Add("ecPublic", (curve, secret) => View(Curve(curve).PublicOf(table.Bytes(secret))));
        table.Add("ecPoint", (curve, point) => View(Curve(curve).Point(table.Bytes(point))));
        table.Add("derKey", (der, isPublic) => KeyFile.Parse(table.Bytes(der), IsTrue(isPublic)) is { } file
            ? new JsArray(table.Engine, [table.View(file.Algorithm), table.View(file.Key)])
            : JsValue.Null);
        table.AddAll("ecSign", a => View(Curve(a[0]).Sign(a[1].ToString(), table.Bytes(a[2]), table.Bytes(a[3]))));
        table.AddAll("ecVerify", a => Curve(a[0]).Verify(a[1].ToString(), table.Bytes(a[2]), table.Bytes(a[3]), table.Bytes(a[4])));
        table.Add("ecAgree", (curve, secret, point) => View(Curve(curve).Agree(table.Bytes(secret), table.Bytes(point))));

        JsValue View(byte[]? bytes) => bytes is null ? JsValue.Null : table.View(bytes);

        byte[] Copy(JsValue view) => table.Bytes(view).ToArray();
    }

    private static EllipticCurve Curve(JsValue name) => EllipticCurve.Named(name.ToString());

    private static int Integer(JsValue number) => (int)Math.Min(number.AsNumber(), int.MaxValue);

    private static bool IsTrue(JsValue value) => value == JsBoolean.True;

    private static byte[]? FromBase64Url(string text)
    {
        try
        {
            return text.AsSpan().ContainsAny('+', '/', '=') ? null : Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
