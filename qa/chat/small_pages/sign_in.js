// a permalink is behind the "#": keep it, so that it is there after signing in
document.getElementById("sign-in").action += location.hash;
